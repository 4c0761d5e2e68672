"""Words that make a wording suspect, for each language. Open to everyone's reading: a finding quotes what it matched.

Patterns are matched against a wording from which `innocent` passages have been blanked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from re import Pattern

from questionnaires.texts import Language

ENGLISH_ABBREVIATIONS_KNOWN = frozenset({"AI", "APP", "ID", "IT", "OK", "PDF", "QR", "TV", "VIP", "WIFI"})


@dataclass(frozen=True, slots=True)
class Words:
    """What to look for in one language, and the passages that only look like it."""

    suspect: Pattern[str]
    innocent: Pattern[str] | None = None

    def found(self, wording: str) -> str | None:
        """The first suspect passage, or None."""
        if self.innocent:
            wording = self.innocent.sub(lambda passage: "□" * len(passage[0]), wording)
        match = self.suspect.search(wording)
        return match[0].strip(" ，。,.") if match else None


def _words(suspect: str, innocent: str | None = None) -> Words:
    return Words(re.compile(suspect, re.IGNORECASE), re.compile(innocent, re.IGNORECASE) if innocent else None)


_ZH_TOGETHER = (
    r"《[^》]*》|“[^”]*”|（[^）]*）"
    r"|(我|您|你|自己|他人)(和|与|跟|同|及)|(和|与|跟|同|及)(我|您|你|自己)(的)?"
    r"|(和|与|跟).{1,8}?(相比|有关|无关|沟通|交流|合作|联系|一样|一起|之间|联谊|相处|打交道|相关|接触|往来|谈)"
    r"|[^，。]{1,6}(和|与).{1,6}之间|与否|和谐|和睦|与会|参与|及时|以及时|及格|涉及|普及|和解|温和|或许|或者说|既然|还是会|.{1,2}过或.{1,3}过"
)
_EN_TOGETHER = (
    r"\"[^\"]*\"|“[^”]*”|\([^)]*\)|\bbetween\b.{1,40}?\band\b|\b(each and every|more and more|again and again|now and then|up and running"
    r"|whether or not|or not|one or more|terms and conditions|by and large|and so on)\b"
    r"|\bwhat was \w+ or \w+\b|\b\w+ed or \w+ed\b|\b(my|our|your)? ?(colleagues|family|students|friends) and (I|me|you)\b|\b(you|me|I|myself) and\b"
)
_ZH_ASPECT = "价格|卫生|质量|时间|组织|内容|态度|效率|场地|形式|速度|环境|氛围|口味|分量|费用|地点|设备|水平|结果|方式"
_EN_ASPECT = (
    "prices?|hygiene|quality|timing|times?|organisation|content|attitude|manners?|efficiency|premises|form|speed|atmosphere|taste|portions?|cost"
    "|place|equipment|standard|results?|location"
)
DOUBLE_BARRELLED: dict[Language, Words] = {
    "zh": _words(
        r".{0,4}(和|与|跟|及|以及|或|、|并且|而且|，并|[，]?(也|还|又)(能|会|愿意|可以|很|十分|让|使)|同时|不但|不仅|既[^，]+[，]?又).{0,4}",
        _ZH_TOGETHER,
    ),
    "en": _words(
        r"\S+ (and|or|as well as|&|and also|plus|along with|together with|but also) \S+|\bboth\b.{1,60}\band\b",
        _EN_TOGETHER,
    ),
}

# A row of a matrix may well be named by two words (Culture and sport); two aspects of a thing are two questions.
TWO_ASPECTS: dict[Language, Words] = {
    "zh": _words(rf"({_ZH_ASPECT})(和|与|及|以及|或|、)|(和|与|及|以及|或|、)({_ZH_ASPECT})"),
    "en": _words(rf"\b({_EN_ASPECT})\b,? (and|or|as well as|&) |\b(and|or|as well as|&) (the )?({_EN_ASPECT})\b"),
}

LEADING: dict[Language, Words] = {
    "zh": _words(
        r"难道|众所周知|毫无疑问|不可否认|显而易见|显然|想必|您?是否(也|都)(认为|觉得|同意)|您(一定|肯定|当然)|吧[？?。]?$"
        r"|(大家|人人)都(认为|知道|觉得|说|支持)|(大多数|多数|绝大多数|很多|许多)(教?职工|同事|人|老师|教师|会员)(都|已)?(支持|认为|同意|赞成|觉得|选择)"
        r"|(专家|研究|科学|领导)(们)?(认为|指出|表明|证明|建议|要求)|的?(正确|坚强|英明)领导下?|不是吗|对吗[？?]?$|是吧|正如|作为.{0,10}(会员|教师|职工|干部|党员|一员)[，,]|不言而喻|不用说|无须多言|事实(上|证明)|有目共睹|理所当然|自然是|谁都(知道|明白)|对(吧|不对|吗)|是不是应该"
        r"|(其他|兄弟|别的|很多|许多)(高校|学校|单位|学院)(都|早)?已经?|(不少|多数)(人|同事)(反映|抱怨|希望)|您?总不会|您?不会.{0,12}吧|(更|最)好的办法是"
    ),
    "en": _words(
        r"\b(do|would|are|should|have|can|could|did|is|was)n['’]t (you|it|we|they|the)\b|\bas (every(one|body)|we all|you) (know|knows|will agree)\b"
        r"|\b(undoubtedly|no doubt|without (a )?doubt|surely|obviously|needless to say|of course)\b|^clearly\b"
        r"|\blike most\b|\bmost (of (your|our) )?(staff|people|colleagues|members|teachers)( already)? (support|agree|think|believe|favou?r|want)\b"
        r"|\b(experts|studies|scientists|research) (say|says|show|shows|agree|believe|prove|recommend)|\bcorrect leadership\b"
        r"|\b(would|do) you (also |not )?agree,? (also|too|like)\b|\b(it )?goes without saying\b|\bit is (clear|obvious|well known|common knowledge|a fact) that\b|\b(other|all other|many other) (universities|colleges|units|departments|schools)\b.{0,20}\b(already|have)\b"
        r"|\bas a (good|responsible|loyal|dedicated|conscientious|fellow|true)\b|\b(won|will|shouldn|wouldn|isn|don|doesn|hasn|haven|can|aren)['’]t (you|it|we|they)\?|\bmany (staff|people|colleagues) (complain|say|feel|hope)\b"
        r"|\b(naturally|evidently|plainly|inevitably|rightly)\b|\beveryone (agrees|supports|thinks)\b|, (right|isn['’]t it|don['’]t you)\?",
        r"\b(why|what|where|when|who|which|how)\b.{0,20}n['’]t you\b",
    ),
}

LOADED: dict[Language, Words] = {
    "zh": _words(
        r"辛勤|辛苦|无私|任劳任怨|兢兢业业|优秀的|杰出|卓越|出色的|伟大|英明|可敬|丰富多彩|精心|来之不易|宝贵的|热心的|贴心|令人.{0,2}(骄傲|自豪|失望|愤怒|羡慕|感动)"
        r"|巨大的?(成绩|进步|成就)|显著成[效绩]|荒唐|浪费|懒散|懒惰|糟糕|恶劣|官僚|腐败|不负责任|可耻|可怜|黑心|落后的|形同虚设|劳民伤财|瞎折腾|感人|动人|温馨|暖心|热情周到|周到|一流|精彩|难忘|成功(地)?举办|圆满|宝贵|崇高|光荣|可喜|喜人|骄人|辉煌|深受(欢迎|好评)|广受好评|用心|真诚地"
        r"|低下|低效|敷衍|拖沓|推诿|扯皮|冷漠|傲慢|粗暴|无能|繁琐|苛刻|过分|离谱|混乱|陈旧|僵化|一刀切|形式主义|作秀|白费|无用的|多余的|讨厌|可笑|可怕|泛滥",
        r"优秀(教师|工作者|干部|工会)|评优|官僚主义调查",
    ),
    "en": _words(
        r"\b(dedicated|devoted|hard[- ]?working|hard work|tireless(ly)?|selfless(ly)?|wonderful|outstanding|brilliant|inspiring|remarkable|colou?rful|hard-won"
        r"|carefully (prepared|planned|organi[sz]ed|chosen)|thoughtful(ly)?|generous(ly)?|precious|proud|warm-hearted|excellent|magnificent|splendid"
        r"|wasteful|lazy|ridiculous|absurd|terrible|awful|disgraceful|shameful|corrupt|incompetent|bureaucratic|backward|pointless|useless|heartless|moving (farewell|story|ceremony|evening)|deeply moving|heart-?warming|warm|attentive|first-class|superb|fantastic|great|memorable|successful(ly)?|glorious|noble|popular|well-loved|much-loved"
        r"|welcoming|sincere|inefficient|hopeless(ly)?|sloppy|slow-moving|careless|indifferent|arrogant|rude|cumbersome|petty|outdated|rigid|chaotic|messy|excessive|outrageous"
        r"|needless|unnecessary|annoying|burdensome|box-ticking|token|so-called)\b"
    ),
}

ABSOLUTE: dict[Language, Words] = {
    "zh": _words(
        r"总是|从不|从来|从未|所有|任何|每一?[次位个件项天]|完全|绝对|一律|全部|始终|永远|百分之百|100[%％]|凡是|人人|无论何时|处处|事事|一切|毫不|毫无|每[一]?(位|名|个|人|天都)|百分百|没有一[次个位件]|无一|从头到尾|彻底|全体|丝毫|绝不|决不|必定|必然|凡|无论.{0,8}都|不管.{0,8}都|唯一",
        r"所有权|所有制|每[周月年]|每个人自己|毫无疑问",
    ),
    "en": _words(
        r"\b(always|never|all|every|everyone|everybody|everything|none|completely|entirely|totally|absolutely|whenever|wherever|without exception|100 ?%|fully|perfectly|utterly|wholly|each and every|not once|not (a|one) single|no one ever|invariably|constantly|in every way|hundred per ?cent|nothing but|the only)",
        r"\b(choose|tick|select|tap) (all|every)\b[^)]*|\ball that apply\b|\bat all\b|\ball in all\b|\ball (year|day|week)\b|\ball-round\b"
        r"|\babove all\b|\bafter all\b|\boverall\b|\bevery (day|week|month|year)\b|\beveryday\b|\ballow",
    ),
}

NEGATION: dict[Language, Words] = {
    "zh": _words(
        r"不|没|无人|无法|未能?|并非|很难|难以|缺乏|缺少|拒绝|很少|极少|几乎没|少有|忽视|忽略",
        r"不同|不断|不少|不错|不仅|不但|不久|差不多|不管|不论|不必说|不时|不只|未来|不得了|了不起|没收|不言而喻|不用说|不记名|不动产|对不起|不约而同|难以?忘",
    ),
    "en": _words(
        r"\b(not|never|no|nobody|no one|none|neither|cannot|unable|lacks?|refuses?|fails?|hardly|seldom|rarely|scarcely|ignores?|overlooks?)\b|n['’]t\b|\bhard to\b|\btoo \w+ to\b",
        r"\bno matter\b|\bnot only\b|\bno\. ?\d|\bwhether or not\b|\bnone the less\b",
    ),
}

_EN_UN = (
    r"un(able|aware|clear|certain|comfortable|common|fair|familiar|fit|friendly|happy|important|interested|just|kind|known|lawful|likely|necessary|"
    r"pleasant|popular|reasonable|reliable|safe|satisfied|sure|true|usual|willing|wise)|in(adequate|appropriate|convenient|effective|efficient|"
    r"sufficient|different)|im(possible|proper|polite)|dis(satisfied|honest|agree|like)|ir(responsible|regular)|lack|fail|without"
)
DOUBLE_NEGATION: dict[Language, Words] = {
    "zh": _words(
        r"[并绝]?非(没有|没|不|无)|不(是|会|能|得|可|应|应该|应当|至于)(没有|没|不|无)|没有(?!不同).{0,8}(不|没|未)(?!同|断|少|久|错|仅|只|满意吗)|无不|莫不|未必[不没]|不无"
        r"|(不|没有?)(认为|觉得|同意|相信|承认|赞成|否认).{0,14}(没有|没|不|无)(?!同|断|少)|非.{1,8}不可|(不|没有).{1,10}(是|都是|也是)?(不|没)(应该|应当|可以|能|行|对|好|合理|公平|必要)"
        r"|难道.{0,4}不"
    ),
    "en": _words(
        rf"(\b(not|never|no|nobody|none|cannot|neither)\b|n['’]t\b)[^.?!]{{0,45}}?\b(not|never|nobody|none|nothing|do without|{_EN_UN})\b"
        rf"|(\bnot [a-z]+ing\b)[^.?!]{{0,40}}\b({_EN_UN}|not|wrong)\b",
        r"\bwhether or not\b|\bif not, why not\b|\bnot only\b",
    ),
}

VAGUE: dict[Language, Words] = {
    "zh": _words(
        r"最近|近期|近来|近日|经常|时常|常常|偶尔|有时|平时|通常|大概|大约|差不多|以前|曾经|若干|一段时间|很久|前一?阵子?|前些(天|日子)|前不久|不久前|这阵子|这段时间|(?<![非正])常(?!见|务|委|规|识|用)|往往|多半|一般(都|会|是)|定期|适时|及时地|有空|过去(?!\d|一|两|三|半|十)",
        r"最近的|最近一次|约\d",
    ),
    "en": _words(
        r"\b(recent(ly)?|lately|of late|often|frequently|occasionally|sometimes|from time to time|usually|normally|regularly|roughly|frequent|in the last (little )?while|not long ago|these days|of recent|before long|now and again|once in a while|most of the time|as a rule|generally|some time|a while|periodically"
        r"|now and then|in the past(?! \d| one| two| three| six| five| four| ten| twelve| year| month| week| semester| term)|a long time|some time ago)\b",
        r"\bmost recent\b|\bhow often\b",
    ),
}

JARGON: dict[Language, Words] = {
    "zh": _words(
        r"赋能|抓手|闭环|颗粒度|顶层设计|放管服|三重一大|双一流|提质增效|三全育人|五育并举|破五唯|四个意识|两学一做|痛点|堵点|沉浸式|全链条|组合拳|底层逻辑|对齐|拉通|沉淀|矩阵式"
        r"|网格化|清单化|扁平化|长聘|预聘|非升即走|内卷|躺平|倒查|双随机|一网通办|最多跑一次|枫桥经验|长效机制|机制化|常态化|体系化|精细化|精准化|靶向|下沉|统筹|协同|联动机制|赛道|落地见效|走深走实|提级|扩面|增量|存量|台账|压实|抓实|清零|画像|中台|数智化|新质|二级单位|两代会|双代会|党建引领|一站式|综改|评聘分离|绩效工资分配"
    ),
    "en": _words(
        r"\b(empower(s|ed|ing|ment)?|closed[- ]loop|synerg(y|ies)|leverag(e|es|ing)|levers?|paradigm|granularity|stakeholders?|deliverables?|actionable|holistic|ecosystem"
        r"|top-level design|bandwidth|upskill(ing)?|onboarding|benchmark(s|ing)?|best practices?|value chain|pain points?|double first-class|three importants"
        r"|grid-based|tenure[- ]track|matrix management|deep dive|mainstreaming|capacity building|long-term mechanism|mechanisms?|normali[sz]ed|systemati[sz]ed|fine-grained|precision (management|service)|linkage|coordinated development|landing|action items?|KPIs?|roadmap|alignment|touchpoints?|proactive outreach|stock and increment|digital intelligence)\b"
    ),
}
ABBREVIATION = re.compile(r"(?<![A-Za-z{_])[A-Z][A-Z0-9]{1,5}(?![A-Za-z_}])")

PRESUPPOSES: dict[Language, Words] = {
    "zh": _words(
        r"(为什么|为何|因何)|(不|没|没有|未).{1,16}的(主要|最主要)?(原因|理由)(是|有|：|:|？)|从?什么时候(起|开始)?.{0,4}(不再|停止|放弃)"
        r"|不再.{1,12}是(从)?什么时候|是?什么(原因)?(让|使|促使|导致|令)您|哪些?(原因|因素)(让|使|导致|促使)您.{0,6}(不|没|放弃|停)|您.{0,10}(的)?(不满|失望|担心|困扰)(主要)?(来自|在于|是因为)|怎么没|何以"
    ),
    "en": _words(
        r"^why\b|\bwhy (did|do|does|have|has|were|are|don|didn|is|was)\b|\breasons? for not\b|\breasons? (why )?you (did|do|have) not\b"
        r"|\bwhen did you (stop|give up|last stop|quit)\b|\bwhat (made|makes|keeps?|kept|led|leads|caused|causes|prevents?|prevented|stops?|stopped|puts?|drove) you\b|\bwhy (are|aren|is|isn|don|won|wasn|weren|not)\b|\bwhat (disappointed|annoyed|worried) you\b|\bwhat do you most dislike\b"
    ),
}

SENSITIVE: dict[Language, Words] = {
    "zh": _words(
        r"患(有|过|上|的)?.{0,6}(病|癌|症)|病史|病情|慢性病|重(大疾)?病|残疾|怀孕|生育计划|流产|抑郁|焦虑症|心理(疾病|咨询|治疗)|(家庭|月|年|个人|您的)(的)?总?收入|负债|债务|房贷|贷款余额"
        r"|存款|工资(是|有)?多少|宗教|信仰|政治面貌|党派|离婚|家暴|性取向|犯罪|处分|举报过|民族|服用|用药|吃药|血压|血糖|糖尿|肝炎|艾滋|传染|手术|住院|体重|失眠|精神(病|科)|备孕|不孕|月经|更年期|外债|欠(款|债|钱)|借(款|钱)|贷款|破产|低保|离异|再婚|分居|家庭矛盾|赡养费|吸毒|酗酒|饮酒|抽烟|上访|投诉过|工资|奖金|年薪|房产|几套房|政治观点|党籍|心理(测评|评估|辅导|健康状况|问题)|房租|收入(多少|比例|水平|状况)|占收入|经济(状况|压力|负担)|病假|就医|看病|体检结果|遗传"
    ),
    "en": _words(
        r"\b(chronic|serious(ly)?|mental) ill(ness)?\b|\billness(es)? (do|did|have) you|\bdisease|\bcancer|\bdisabilit|\bdisabled|\bpregnan|\bmiscarriage|\bdepress(ion|ed)|\bcounsell?ing session"
        r"|\b(household|monthly|yearly|annual|family|personal|your)('s)? (monthly |yearly |annual |total )?income\b|\bdebts?\b|\bmortgage|\bsavings\b|\bhow much (do you earn|is your (pay|salary))"
        r"|\breligi|\bfaith\b|\bpolitical (party|affiliation|views?)|\bdivorce|\bdomestic violence|\bsexual|\bcriminal|\bdisciplin(ary|ed)\b|\bethnic|\b(medicines?|medication|drugs?|pills|blood (pressure|sugar)|diabet|hepatitis|hiv|infectious|surgery|operation on you|hospital|your weight|insomnia|psychiatr|fertility|menopause|mental health|sick leave|medical (record|history|result)|test result|genetic)"
        r"|\b(owe|owes|loans?|bankrupt|low-income|welfare benefits|arrears|borrow)|\b(separated|remarried|alimony|alcohol|smoke|petition(ed)?)\b|\b(salary|wages?|bonus|property|flats? do you own|rent|earnings|(your|of) pay|financial (situation|difficult\w*|pressure|burden))\b"
    ),
}

IDENTITY: dict[Language, Words] = {
    "zh": _words(
        r"姓名|名字|真名|工号|职工号|教工号|人事编号|学号|手机|电话号|(您的|联系|留下|填写|办公)电话|身份证|证件号|护照|银行卡|社保号|微信号?|QQ|邮箱|电子邮件|邮件地址|住址|家庭地址|门牌|宿舍号|车牌"
        r"|出生(日期|年月日?)|生日|签名|人脸|联系方式|IP地址|(怎么|如何)(称呼|联系)您?|您?(怎么|如何)称呼|贵姓|尊姓|姓氏|房间号|办公室(门牌|房间)?号|座机|传真|昵称|网名|照片|教师资格证|账号|学工号|一卡通|卡号|全名|(职工|员工|人事|会员|教师|人员|个人)(的)?(编号|号码|代码|编码)",
        r"(不要|请勿|不用|无需|不必|不需要|不能|别|不会|不问).{0,8}(写|填|留|透露|提供|出现|询问|收集)?.{0,10}(姓名|名字|工号|电话|手机|身份证|住址|联系方式)"
        r"|(姓名|名字|电话|邮箱|微信)(公开|保密|泄露|打通|通知|群|公众号)|手机(端|上|版|软件|应用|程序)",
    ),
    "en": _words(
        r"\b(your|full|first|family|last|real|give (us )?(a|your)) names?\b|\b(staff|employee|personnel|student|id|identity|passport|bank|account|card|phone|mobile|telephone|car|room|contact)"
        r" (card )?(number|no\.)|\bid card\b|\b(your|home|e-?mail|postal|contact) address|\be-?mail\b|\bwechat\b|\bdate of birth|\bbirth(day|date)\b|\bcontact details\b|\blicence plate|\bsignature\b"
        r"|\bphone number|\bwhat should we call you|\b(how )?(may|can|should) we (call|reach|contact) you|\bsurname|\bnickname|\broom number|\boffice (room )?number|\bfax\b|\bphoto(graph)? of you|\busername|\bcampus card|\bwhere do you live\b|\b(employee|staff|personnel|member(ship)?|national|student) (id|identifier|code)\b",
        r"\b(leave out|do not (give|write|mention|enter)|don['’]t (give|write|mention)|without|no need (to give|for)|not ask(ed)? for|we do not ask)\b[^.;]*",
    ),
}

# Answers to these put people into groups that others can see from outside.
PERSONAL: dict[Language, Words] = {
    "zh": _words(
        r"性别|年龄|岁数|周岁|职称|职务|职级|学历|学位|婚姻|岗位类别|岗位类型|用工形式|聘用形式|编制|民族|政治面貌|籍贯|来校.{0,4}(年|时间)|工龄|教龄|(所在|您的|属于).{0,3}(学院|部门|科室|教研室|单位)"
        r"|(在|来)(校|本校).{0,3}工作.{0,3}(年|多久)|您是.{0,3}(代表|党员|会员)吗",
        r"年龄段的?(活动|差异)|职称(评审|晋升|评定)|编制(规划|预算)",
    ),
    "en": _words(
        r"\byour (gender|sex|age( group)?|(professional |job )?title|rank|level of education|education|degree|marital status|staff category|form of employment|contract type|department|college|unit"
        r"|nationality|ethnic\w*|post)\b|\bhow old are you\b|\bhow (long|many years) have you (worked|been)|\bage in years\b|\bare you a (delegate|party member|member)\b",
    ),
}
