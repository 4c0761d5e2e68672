"""Wordings that push: towards an answer, by praise or blame, by leaving no exception, by taking something for granted."""

from __future__ import annotations

from questionnaires.design_checks.word_lists.words import Words, one_of, words
from questionnaires.texts import Language

_ZH_PEOPLE = "(教?职工|同事|人|老师|教师|会员|家长|青年|女工|党员|委员|群众|同志)"
_ZH_THINK = "(支持|认为|同意|赞成|觉得|选择|希望|欢迎|喜欢|拥护|反对|不满|反映|抱怨|表示|主张|期待)"
_EN_PEOPLE = "(staff|people|colleagues|members|teachers|parents|employees|women|users|respondents|others|us)"
_EN_THINK = (
    "(support|agree|think|believe|favou?r|want|welcome|like|prefer|oppose|back|feel|hope|complain|say|approve|consider"
    "|find|expect)s?"
)

LEADING: dict[Language, Words] = {
    "zh": words(
        "众所周知|毫无疑问|不可否认|无可否认|毋庸置疑|毋庸讳言|不容置疑|无可争议|显而易见|显然|想必|不言而喻|不用说|无须多言|有目共睹|理所当然",
        "大家(都|已|也)?(看到|看得到|知道|清楚|熟知|公认)|(一致|普遍|公)认|事实(上|证明|胜于)|实践(证明|表明)|自然是|自然会|谁都(知道|明白)|谁不(知道|希望|想)",
        "正如|诚如|如(您|你|大家)(所|也)?(知|见|愿)",
        # put as a question that wants one answer
        "难道|不是吗|是吧|吧[？?。]?$|对(吧|不对|吗)[？?]?$|您(说)?是不是[？?]?$|，您(觉得|说|认为|看)呢|，您呢[？?]?$",
        "(您|你|我们)(不|没)(认为|觉得|希望|愿意|想|同意|赞成|感到).{1,30}(吗|么)|是不是(就|也|更|都|早)?(应该|应当|该)",
        "您(一定|肯定|当然|必须|自然|总会)|您?总不会|您?不会.{0,12}吧|您(还|怎么)(忍心|好意思|不).{1,20}(吗|么|呢)|您?是否(也|都)(认为|觉得|同意|希望|支持)",
        # by others' opinion or by authority
        f"(大家|人人)都{_ZH_THINK}|(大家|人人)都(知道|说)|(绝?大多数|多数|绝大部分|大部分|很多|许多|不少|越来越多|广大)的?{_ZH_PEOPLE}(们)?(都|已|也|早就|普遍)?{_ZH_THINK}",
        "(专家|学者|医生|研究|科学|调查|数据|经验|领导|上级)(们)?(已|早已|都|一致)?(认为|指出|表明|显示|证明|证实|发现|建议|要求|强调)",
        "的?(正确|坚强|英明)领导下?|(高度|如此|这么|非常)(重视|关心|支持)(的情况)?下|(校领导|学校|组织).{0,6}(明确|大力|高度)(支持|提倡|倡导|号召|重视)",
        "(其他|其它|兄弟|别的|很多|许多|不少|同类|国内外)(高校|学校|单位|学院|大学)(都|早|已|也|普遍).{0,2}",
        "(?<!没)有(些|的)?(人|同事|专家|教师|家长|学者)(认为|说|觉得|提出|主张|建议|反映|指出|担心)|(根据|(?<![数证依票收单凭])据)[^，。]{0,10}(调查|研究|统计|专家|报道|数据)|(绝?大多数|多数|绝大部分)[^，。？]{2,12}[，,].{0,12}(您|你)|(即使|哪怕|就算).{1,12}也.{0,8}吗",
        "作为.{0,12}(会员|教师|老师|职工|干部|党员|一员|家长|主人)[，,]|为了(大家|集体|学校|孩子|您|单位).{0,10}[，,]您|响应.{0,10}号召|既然.{1,20}[，,].{0,12}您",
        "(更|最)好的办法是|与其.{1,20}不如|(比|较)(以前|过去|从前|去年).{0,4}(好|强|快|方便|进步|改善)(吃|用|看)?(多了|得多|很多|许多)",
    ),
    "en": words(
        r"\b(do|would|are|should|have|can|could|did|is|was|were|has|does)n['’]t (you|it|we|they|the|this|our|there)\b",
        r"\b(do|would|should|are|is|have|could) (you|it|we|they) not\b|\bis (it|this) not (time|fair|right|better|true)\b",
        r"\b(won|will|shouldn|wouldn|isn|don|doesn|hasn|haven|can|aren|didn|weren|wasn)['’]t (you|it|we|they|there)\?|, (right|correct|yes|no|surely|eh)\?",
        r"\bas (every(one|body)|we all|you|we have all|many of us|all of us|is|has)( will| may| have| surely| all| been)?( well)? (know|knows|known|agree|agrees|seen|see|sees|heard|noticed)\b",
        r"\b(undoubtedly|no doubt|without (a |any )?doubt|beyond doubt|surely|obviously|needless to say|of course|naturally|evidently|plainly|inevitably|rightly|undeniably|unquestionably|admittedly)\b|^clearly\b",
        r"\bthere is no (denying|question|doubt)\b|\b(no one|nobody|who) (can|could|would) (deny|doubt|dispute)\b|\bcannot be denied\b|\b(it )?goes without saying\b",
        r"\bit is (clear|obvious|well known|common knowledge|a fact|generally agreed|widely accepted|only (fair|right|natural)) that\b",
        rf"\blike most( of)?( your| our| other| the)? {_EN_PEOPLE}\b|\b(most|many|the (great |vast |large |overwhelming )?majority|nearly all|almost all|more and more|a growing number)( of)?( your| our| the)?( own)? ?{_EN_PEOPLE}( already| now| would| also| strongly)? {_EN_THINK}\b",
        rf"\b(some|most|many) ((of )?(the |our |your )?({_EN_PEOPLE}|experts|critics|men|universities)) ({_EN_THINK}|evaluate|regard|claim|argue)\b|n[\'’]t (most|many|all|every)\b|\bagree that it is (important|necessary|right|vital|essential|better|good|time)\b",
        r"\bevery(one|body) (agrees|supports|thinks|knows|wants)\b",
        r"\b(experts?|studies|scientists?|research|researchers|doctors|surveys|evidence|experience|science|specialists)( now| all| has| have)* (say|says|show|shows|shown|agree|agrees|believe|prove|proves|proven|recommend|recommends|found|suggests?|tells? us|confirms?|advise)\b",
        r"\baccording to (experts|research|doctors|studies)\b|\bcorrect leadership\b|\bhave clearly come out for\b|\b(leaders|management|the university)( has| have)? (strongly|clearly|firmly) (support|back|favour|recommend)",
        r"\b(would|do) you (also |not )?agree,? (also|too|like)\b|\b(other|all other|many( other)?|most( other)?) (universities|colleges|units|departments|schools)\b.{0,20}\b(already|have|now|long)\b",
        r"\bas a (good|responsible|loyal|dedicated|conscientious|fellow|true|caring|committed|member|teacher|colleague)\b.{0,20},|^(given|seeing|considering|in view of)( how| that| the fact)? (much|that|how|hard|the (effort|importance|benefits))",
        r"\byou (do|must|surely|certainly|will) (want|agree|like|support|feel|join|wish)\b|\byou('d| would) (presumably|surely|certainly|no doubt|of course)\b|\bpresumably\b",
        r"\bfor (every(one|body)['’]s|the) (health|good|sake|benefit)[^,]{0,12}, (you|would|will)|\b(much|so much|far) (better|tastier|easier|faster|nicer) (now|than (before|ever))\b",
        innocent=r"\b(why|what|where|when|who|which|how)\b.{0,20}(n['’]t you|(do|did|have) you not)\b",
    ),
}

# Praise and blame wherever they stand.
_ZH_LOADED = one_of(
    "辛勤 辛苦 辛劳 不辞 无私 任劳任怨 兢兢业业 呕心沥血 默默奉献 无微不至 关怀备至 倾情 倾力 鼎力 杰出 卓越 伟大 英明 可敬 丰富多彩 精心 来之不易 崇高 光荣"
    " 可喜 喜人 骄人 辉煌 感人 动人(?!数|员|口|事|次|才|群|士|选|身|民|力) 温馨 暖心 贴心 热情周到 周到(?!校|岗|场|期|会|访|一|日) 一流(?!程|动|失|传|转|向) 精彩 难忘 圆满 宝贵 用心(?!理|得|脏|电) 盛况空前 大好事 实事好事 有口皆碑 赞不绝口 翻天覆地 焕然一新"
    " 荒唐 浪费 懒散 懒惰 糟糕 恶劣 官僚 腐败 不负责任 可耻 可怜 黑心 形同虚设 劳民伤财 瞎折腾 低下 低效 敷衍 拖沓 推诿 扯皮 冷漠 傲慢 粗暴 无能(?!力|为|耗|源) 繁琐 苛刻"
    " 过分(?!工|析|数|配|级|享|流|组|批|期|段|类|别|开|管|会) 离谱 混乱 陈旧 僵化 一刀切 形式主义 作秀 白费 讨厌 可笑 可怕 泛滥 徒有虚名 名不副实 走过场(?!地|馆|所) 花架子 不近人情 乱糟糟 脏乱差 冷冰冰 怨声载道 一塌糊涂"
    " 不人道 霸王条款 变相"
)
# Said of a thing in passing ("the dull course") they judge it beforehand; as what is asked ("the course is dull") they may be sound.
_ZH_EPITHETS = one_of(
    "优秀 出色 宝贵 珍贵 难得 热心 热情 善良 亲切 和蔼可亲 和蔼 耐心 细心 细致 体贴 敬业 可爱 高效 优质 精美 精致 丰盛 丰厚 美味 可口 香喷喷 好吃 舒适 优美 漂亮"
    " 美丽 生动 有趣 有益 隆重 热烈 盛大 震撼 强大 显著 巨大 幸福 美好 人性化 贴近群众 深入人心 了不起 得力 公正无私"
    " 落后 无用 没用 多余 无效 失败 过时 老套 枯燥 乏味 无聊 沉闷 空洞 死板 刻板 呆板 昂贵 高昂 天价 难吃 难看 吵闹 嘈杂 拥挤 狭窄 狭小 阴暗 简陋 破旧 破烂 肮脏"
    " 脏乱 粗糙 草率 马虎 随意 拖拉 迟缓 生硬 僵硬 蛮横 霸道 自私 虚伪 低劣 劣质 没意义 毫无意义 无意义 不合理 不公平 不公正 无理 烦人 恼人 可恶 压抑 沉重 繁重 繁杂"
)
_EN_LOADED = (
    r"\b(dedicated|devoted|hard[- ]?working|hard work|tireless(ly)?|untiring(ly)?|selfless(ly)?|wonderful(ly)?|outstanding|brilliant(ly)?|inspiring|remarkabl[ey]|colou?rful|hard-won|painstaking(ly)?"
    r"|carefully (prepared|planned|organi[sz]ed|chosen)|thoughtful(ly)?|generous(ly)?|precious|proud|warm-hearted|kind-hearted|big-hearted|excellent|magnificent|splendid(ly)?|spectacular|stunning|exceptional|amazing|awesome|terrific"
    r"|heart-?warming|deeply moving|moving (farewell|story|ceremony|evening)|warm|attentive|first-class|first-rate|world-class|top-notch|superb|fantastic|marvellous|delightful|great|memorable|unforgettable|successful(ly)?|glorious|noble|popular|well-loved|much-loved|beloved"
    r"|welcoming|sincere(ly)?|wasteful|lazy|ridiculous(ly)?|absurd(ly)?|terribl[ey]|awful|dreadful|horrible|disgraceful|shameful|scandalous|corrupt|incompetent|bureaucratic|backward|pointless|useless|worthless|meaningless|senseless|heartless|inhuman"
    r"|inefficient|hopeless(ly)?|sloppy|shoddy|slow-moving|careless|indifferent|arrogant|rude|cumbersome|petty|outdated|rigid|chaotic|messy|excessive|outrageous(ly)?|exorbitant|extortionate|inflexible|mindless|misguided|disastrous"
    r"|needless|unnecessary|annoying|burdensome|box-ticking|token|so-called)\b"
)
_EN_EPITHET = (
    r"(delicious|tasty|mouth-?watering|lovely|cosy|comfortable|caring|kind|friendly|patient|considerate|efficient|reliable|beautiful|elegant|lavish|exciting|interesting|enjoyable|engaging|rewarding|valuable|invaluable|famous|renowned|impressive|gorgeous|high-quality"
    r"|state-of-the-art|innovative|wise|heroic|kindly|charming|enlightened|long-awaited|much-needed|groundbreaking|modern|improved|dull|boring|tedious|dreary|bland|tasteless|filthy|dirty|shabby|run-down|dilapidated|cramped|noisy|gloomy|overpriced|costly|harsh|heavy-handed"
    r"|stiff|endless|sluggish|second-rate|substandard|flawed|unpopular|hated|oppressive|stressful|exhausting|crushing|onerous|confusing|disappointing|inadequate|unhelpful|unwelcome|unfair|unjust|unreasonable|time-consuming)"
)

LOADED: dict[Language, Words] = {
    "zh": words(
        _ZH_LOADED,
        _ZH_EPITHETS + r"[的地](?=[\u4e00-\u9fff])",
        "令人.{0,2}(骄傲|自豪|失望|愤怒|羡慕|感动|满意的|难忘|头疼|反感)|巨大的?(成绩|进步|成就)|显著成[效绩]|成功(地)?(举办|召开|完成)|深受(欢迎|好评)|广受(好评|欢迎)|真诚地|大力(推进|发展|支持)了|(亲切|深切)关怀",
        innocent=r"优秀(教师|工作者|干部|工会)|评优|官僚主义调查",
    ),
    "en": words(
        _EN_LOADED,
        rf"(\b(the|a|an|this|that|these|those|our|your|my|its|their|of|for|by|with|from|such)|\w['’]s?) (very |so |most )?(\w+,? (and )?)?{_EN_EPITHET}(?=,? (and )?[a-z])",
        innocent=r"\bgreat (majority|deal|number|many)\b|\bsuccessful (applica|candidate)\w*|\b(most|least|more|less) \w+\b|\bis (a|an) \w+ \w+",
    ),
}

ABSOLUTE: dict[Language, Words] = {
    "zh": words(
        "总是|从不|从来|从未|从没|所有|任何|每一?[次位个件项天]|每[一]?(位|名|个|人|天都)|完全|绝对|一律|一概|全部|始终|自始至终|从始至终|从头至尾|从头到尾|永远|百分之百|百分百|100[%％]|凡是|凡|(?<![个家成老亲])人人(?!数|员|事|才|均)|个个|样样|件件|(?<![大专国人居])家家|(?<!每)次次(?!数|序|日)|(?<![选事])项项(?!目)|句句|时时刻刻|(?<![平临及当同按])时时|处处(?!长|室)|(?<![人同办从])事事(?!务|项|宜|业|情|件)|无时无刻|无论何时|一切",
        "毫不|毫无|丝毫|彻底|全体|绝不|决不|绝无|必定|必然|唯一|无一(?!卡)|无不|无所不|全都|全是|统统|通通|全然|根本(?!原因|上?的?利益)|万无一失|十全十美|尽善尽美|面面俱到|应有尽有|滴水不漏|无懈可击|有求必应|随叫随到|完美|无条件",
        "没有(一|任何|半)[次个位件点人天]?|(一|半)[次个点件天位人分句项刻](也|都)(没|不)|没有.{0,2}任何|一直都|一如既往|(无论|不管|不论).{0,10}(都|总|均)|只要.{1,14}(就|都|总)(能|会|可以|有)|什么.{0,6}都(能|会|可以|有|没)|谁都(能|会|可以)|哪里都",
        innocent="所有权|所有制|每[周月年]|每个人自己|毫无疑问|全体(会|大会|会议)|代表会议|平凡|非凡|凡例",
    ),
    "en": words(
        r"\b(always|never|all|every|everyone|everybody|everything|everywhere|none|nothing|completely|entirely|totally|absolutely|whenever|wherever|whatsoever|whatever|forever|without (exception|fail)|one hundred per ?cent|hundred per ?cent|100 ?%|fully|perfectly|utterly|wholly|thoroughly|flawless(ly)?|impeccabl[ey]|unfailing(ly)?|faultless(ly)?|each and every|not once|never once|not (a|one) single|not one|no one ever|invariably|constantly|at all times|in (every way|all cases|every case)|nothing but|the only|definitely|guaranteed|under (any|no) circumstances)\b",
        r"\bno matter (when|what|how|where|who|which|whether)\b|\bfrom (beginning|start|first) to (end|finish|last)\b|^any\b|\bany(thing|where|time)\b(?! else)|\bthe (best|worst) possible\b|\b100 ?%",
        innocent=r"\b(choose|tick|select|tap) (all|every)\b[^)]*|\ball that apply\b|\b(all|any|none|some) of (these|the (following|above))\b|\b(we|you|they)( have| had| will| may| can)? all\b|\bat all\b|\ball in all\b|\ball (year|day|week|night)\b|\ball-round\b|\ball[- ]hands\b"
        r"|\babove all\b|\bafter all\b|\boverall\b|\bevery (day|week|month|year|term|semester)\b|\beveryday\b|\ballow\w*|\bthe only child\b",
    ),
}

_ZH_ENDED = "(不再|停止|放弃|退出|中断|中止|搬离|搬出|离开|取消|拒绝|减少|缺席|错过|更换|不满|后悔|迟到)"
_ZH_TROUBLE = "(问题|困难|障碍|顾虑|不足|缺点|短板|担忧|不满|难处|麻烦|阻力|矛盾|缺陷|烦恼|意见)"

PRESUPPOSES: dict[Language, Words] = {
    "zh": words(
        "为什么|为何|因何|何以|怎么没|怎么不|凭什么",
        f"(不|没|没有|未|{_ZH_ENDED})[^，。]{{0,16}}的?(主要|最主要|首要|根本)?的?(原因|理由|因素|动机)|(不|没|没有|未|{_ZH_ENDED}).{{0,14}}是?因为[：:？]?$",
        r"是?什么(原因|因素)?(让|使|促使|导致|令|阻碍|妨碍)(了)?您|哪些?(原因|因素)(让|使|导致|促使|阻碍|妨碍)您",
        f"从?(什么时候|何时|哪年)(起|开始)?.{{0,4}}{_ZH_ENDED}|不再.{{1,12}}是(从)?什么时候|您(打算|计划)(在|从|于)?(什么时候|何时|几时|哪年|哪天)",
        f"您.{{0,12}}(最大|主要|最主要|突出|最突出|首要)的?{_ZH_TROUBLE}|您.{{0,10}}(的)?(不满|失望|担心|困扰)(主要)?(来自|在于|是因为)|(差|不好|不足|不满意|不方便|欠缺|坏|弱|错)在(哪|什么)",
        "您(哪些方面|什么地方|哪里)(不|没|欠)|(上次|上一次|第一次|首次).{1,12}(是因为|是(在)?什么时候|的原因)|您又(为|怎么|没)",
    ),
    "en": words(
        r"^why\b|\bwhy (did|do|does|have|has|had|were|are|don|didn|is|isn|was|wasn|weren|aren|won|not|would|will)\b",
        r"\b(your|the) (\w+ )?reasons? (for|why|that|you|to|behind) (you )?(left|leave|leaving|mov\w+|stop\w*|not|giv\w+ up|miss\w*|refus\w*|quit\w*|cancel\w*|drop\w*|avoid\w*|declin\w*|dislik\w*|being (unhappy|dissatisfied|absent))|\breasons? (for not|(why )?you (did|do|have) not)\b|\bit (was|is) because\b",
        r"\bwhen did you (stop|give up|last stop|quit|first|begin to (dislike|doubt))\b|\bwhen do you (plan|intend|mean) to\b",
        r"\bwhat (has |have |had )?(made|makes|keeps?|kept|led|leads|caused|causes|prevents?|prevented|stops?|stopped|puts?|drove|drives|discouraged|discourages|deterred|deters|forced|forces|hinders?|hindered|hampers?) you\b",
        r"\bhow much (do|did) you (love|like|enjoy|hate|appreciate|benefit from|look forward)\b",
        r"\bwhat (is|was) (it )?(that )?(you|your) (find|found|dislike|disliked|worry|miss|regret|like least)\b|\bwhat is it (that|about .{1,30} that)\b|\bwhat (disappointed|disappoints|annoyed|annoys|worried|worries|bothers|bothered|troubles) you\b|\bwhat do you (most |least )?(dislike|like least|find (worse|wrong|hard|difficult|lacking))\b",
        rf"\bwhat(['’]s| is| was| are| were) (the|your) (main|biggest|chief|greatest|largest|primary|worst|most \w+) ({one_of('problems? difficult(y|ies) obstacles? concerns? complaints? worr(y|ies) weakness(es)? faults? shortcomings? barriers? drawbacks? trouble thing')})\b",
        r"\bthe last time you (gave|broke|quit|stopped|missed|failed|refused|left|cancelled)\b|\b(no longer|stopped|gave up|quit) .{1,30}\b(when|because)\b",
    ),
}
