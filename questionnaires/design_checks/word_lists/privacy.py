"""Words that ask for what should be protected: sensitive matters, what names a person, what puts people into groups."""

from __future__ import annotations

from questionnaires.design_checks.word_lists.words import Words, one_of, words
from questionnaires.texts import Language

SENSITIVE: dict[Language, Words] = {
    "zh": words(
        r"患(有|过|上|的)?.{0,6}(病|癌|症)",
        one_of(
            "病史 病情 病假 慢性病 重病 重疾 大病(?!互助|医保|医疗|保险|救助|补助) 残疾 伤残 工伤(?!保险|认定|鉴定) 职业病 传染 感染过 艾滋 肝炎 乙肝 血压 血糖 血脂 尿酸 糖尿 三高 肿瘤 癌 心脏病 哮喘 过敏史 手术 住院 服用 服药 用药 吃药 就医 看病 就诊 体检结果 (?<!非)遗传 体重 体脂 肥胖"
            " 失眠 安眠药 精神病 精神科 抑郁 焦虑症 焦虑吗 感到焦虑 自杀 自伤 轻生 情绪崩溃 怀孕 孕期 备孕 不孕 流产 避孕 生育计划 打算生 二孩 三孩 哺乳期 产后 月经(?!费|营|常|过|办) 更年期 绝经 妇科病 性病 吸毒 酗酒 饮酒 喝酒 抽烟 吸烟 烟瘾 戒烟 赌博"
        ),
        r"心理(疾病|咨询|治疗|测评|评估|辅导|健康状况|问题|压力有多)|(家庭|月|年|个人|您的)(的)?总?收入|收入(多少|比例|水平|状况|来源)|占收入|经济(状况|压力|负担|条件)|工资|奖金|年薪|公积金余额|(您|每月|一个?月).{0,8}房租|房租(是|有)?(多少|占)",
        one_of(
            "负债 债务 外债 房贷 按揭 信用卡 贷款 首付 存款 积蓄 (?<!定)(?<!国有)资产(?!管理|处|科|公司|盘点|清查) 炒股 股票 理财 彩票 房产 几套房 破产 (?<!降)低保 特困 建档立卡 贫困户 家庭困难 宗教 信仰 民族 政治面貌 政治观点 党派 党籍 退党 离婚 离异 再婚 分居 单亲 丧偶 夫妻关系 婆媳"
            " 家庭矛盾 感情生活 同居 赡养费 抚养费 家暴 虐待 性取向 性骚扰 骚扰过 受过歧视 被歧视 霸凌 欺凌 犯罪 违法 违纪 处分 被处罚 诉讼 官司 拘留 酒驾 受贿 送礼 回扣 学术不端 抄袭 举报过 上访 信访过 投诉过 投诉领导"
        ),
        r"欠(款|债|钱|了|着|多少)|借(款|钱|贷)|借了?.{0,3}(多少|几)(万|千|百|元|钱)|向.{1,8}借(?!过?书|过?阅|用|鉴|过?场|过?车|调)|(领|申请|享受)(过|了).{0,6}困难补助",
    ),
    "en": words(
        r"\b(chronic|serious(ly)?|mental|terminal) ill(ness)?\b|\billness(es)? (do|did|have) you|\bdisease|\bcancer|\bdisabilit|\bdisabled|\bpregnan|\bmiscarriage|\bdepress(ion|ed)|\bcounsell?ing session",
        r"\b(medicines?|medication|drugs?|pills|blood (pressure|sugar|lipids)|diabet|hepatitis|hiv|infectious|tested positive|surgery|operation on you|hospital|your weight|overweight|obes|insomnia|psychiatr|fertility|infertil|conceiv(e|ing)|contracepti|ivf|breastfeed|postnatal|menopaus|mental health|sick leave"
        r"|medical (record|history|result)|test result|genetic|tumou?r|heart (disease|attack|condition|problem)|asthma|allerg|hypertens|cholesterol|occupational (disease|injur)|anxiety|anxious|panic attack|suicid|self-harm|addict|gambl|get drunk|alcohol|drink heavily|smok(e|er|ing)|therapist|therapy)",
        r"\b(household|monthly|yearly|annual|family|personal|your)('s)? (monthly |yearly |annual |total )?income\b|\bhow much (do you earn|is your (pay|salary))|\b(salary|wages?|bonus|property|flats? do you own|(your|pay|in) rent|earnings|(your|of) pay|financial (situation|difficult\w*|pressure|burden|hardship))\b",
        r"\b(debts?|mortgage|savings|down payment|credit card debt|net worth|wealth|shares do you|owe|owes|loans?|bankrupt|low-income|welfare benefits|(living|subsistence) allowance|on benefits|poverty|poor household|hardship grant|arrears|borrow(ed|ing)?)\b",
        r"\breligi|\bfaith\b|\bpolitical (party|affiliation|views?)|\bdivorce|\bdomestic violence|\bsexual|\bcriminal|\bdisciplin(ary|ed)\b|\bethnic|\b(separated|remarried|alimony|petition(ed)?|single parent|widow(ed|er)?|(trouble|problems) in your marriage|relationship with your (husband|wife|spouse|partner|in-laws))\b",
        r"\b(been|were|are) you (ever )?(been )?(harassed|bullied|abused|discriminated|arrested|convicted|sued|punished|assaulted)|\b(harassment|bullying|discriminat\w+|bribe\w*|kickbacks?|plagiari\w+|academic misconduct|lawsuit|drunk[- ]driving)\b",
        innocent=r"\b(prevent\w*|against|reduc\w+|fight\w*|caus\w+) \w*disease|\bnon-smok\w+",
    ),
}

IDENTITY: dict[Language, Words] = {
    "zh": words(
        r"姓名|名字|真名|工号|职工号|教工号|人事编号|学号|手机|电话号|(您的|联系|留下|填写|办公)电话|身份证|证件号|护照|银行卡|社保号|微信号?|QQ|邮箱|电子邮件|邮件地址|住址|家庭地址|门牌|宿舍号|车牌"
        r"|出生(日期|年月日?)|生日|签名|人脸|联系方式|IP地址|(怎么|如何)(称呼|联系)您?|您?(怎么|如何)称呼|贵姓|尊姓|姓氏|房间号|办公室(门牌|房间)?号|座机|传真|昵称|网名|照片|教师资格证|账号|学工号|一卡通|卡号|全名|(职工|员工|人事|会员|教师|人员|个人)(的)?(编号|号码|代码|编码)",
        r"住在?.{0,8}(哪|几)(一)?(栋|幢|座|号楼|号|个小区|单元|层|间|室|户)|(哪|几)(栋|幢|号)楼|楼栋号?|哪个(房间|宿舍|小区)|医保号|社会保障号|合同编号",
        innocent=r"(不要|请勿|不用|无需|不必|不需要|不能|别|不会|不问).{0,8}(写|填|留|透露|提供|出现|询问|收集)?.{0,10}(姓名|名字|工号|电话|手机|身份证|住址|联系方式)"
        r"|(姓名|名字|电话|邮箱|微信)(公开|保密|泄露|打通|通知|群|公众号)|手机(端|上|版|软件|应用|程序)",
    ),
    "en": words(
        r"\b(your|full|first|family|last|real|give (us )?(a|your)) names?\b|\b(staff|employee|personnel|student|id|identity|passport|bank|account|card|phone|mobile|telephone|car|room|contact)"
        r" (card )?(number|no\.)|\bid card\b|\b(your|home|e-?mail|postal|contact) address|\be-?mail\b|\bwechat\b|\bdate of birth|\bbirth(day|date)\b|\bcontact details\b|\blicence plate|\bsignature\b"
        r"|\bphone number|\bwhat should we call you|\b(how )?(may|can|should) we (call|reach|contact) you|\bsurname|\bnickname|\broom number|\boffice (room )?number|\bfax\b|\bphoto(graph)? of you|\busername|\bcampus card|\bwhere do you live\b|\b(employee|staff|personnel|member(ship)?|national|student) (id|identifier|code)\b",
        r"\b(child|children|spouse|husband|wife|partner|parents?|father|mother|son|daughter|manager|supervisor)(['’]s|s['’])? (full )?names?\b|\bname of (your|the) (child|spouse|husband|wife|partner|son|daughter)\b",
        r"\bwhich (building|room|block|flat|apartment|floor|compound|dormitory)\b.{0,30}\b(live|lives|room|flat|work|sit)\b|\b(house|flat|apartment|dormitory|door|social security|insurance) (number|no\.)|\bbank account\b",
        innocent=r"\b(leave out|do not (give|write|mention|enter)|don['’]t (give|write|mention)|without|no need (to give|for)|not ask(ed)? for|we do not ask)\b[^.;]*",
    ),
}

# Answers to these put people into groups that others can see from outside.
PERSONAL: dict[Language, Words] = {
    "zh": words(
        r"性别|年龄|岁数|周岁|职称|职务|职级|学历|学位|婚姻|岗位类别|岗位类型|用工形式|聘用形式|编制|民族|政治面貌|籍贯|来校.{0,4}(年|时间)|工龄|教龄|(所在|您的|属于).{0,3}(学院|部门|科室|教研室|单位)"
        r"|(在|来)(校|本校).{0,3}工作.{0,3}(年|多久)|您是.{0,3}(代表|党员|会员)吗",
        innocent=r"年龄段的?(活动|差异)|职称(评审|晋升|评定)|编制(规划|预算)",
    ),
    "en": words(
        r"\byour (gender|sex|age( group)?|(professional |job )?title|rank|level of education|education|degree|marital status|staff category|form of employment|contract type|department|college|unit"
        r"|nationality|ethnic\w*|post)\b|\bhow old are you\b|\bhow (long|many years) have you (worked|been)|\bage in years\b|\bare you a (delegate|party member|member)\b",
    ),
}
