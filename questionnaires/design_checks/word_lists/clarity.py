"""Wordings that ask two things, deny, deny twice, or leave the amount or the time open."""

from __future__ import annotations

from questionnaires.design_checks.word_lists.words import Words, one_of, words
from questionnaires.texts import Language

_ZH_TOGETHER = (
    r"《[^》]*》|“[^”]*”|（[^）]*）|(下列|以下)[^，。]{0,10}(和|与|及|或|、)"
    r"|(我|您|你|自己|他人)(和|与|跟|同|及)|(和|与|跟|同|及)(我|您|你|自己)(的)?"
    r"|(和|与|跟).{1,8}?(相比|签|有关|无关|沟通|交流|合作|联系|一样|一起|之间|联谊|相处|打交道|相关|接触|往来|谈|一致|相符|相称|相当|相同|相等|匹配|衔接|配套|同步|无异|不同)"
    r"|[^，。]{1,6}(和|与).{1,6}之间|与否|与其(?!他|它|余)|与时俱进|和谐|和睦|和蔼|和善|和气(?!氛)|温和|暖和|缓和|随和|柔和|饱和|共和国|和解(?!决|释|答|读)|与会(?!员)|参与|或多或少|或缺|或许|或者说|及时(?!间|长|段|刻)|及格|涉及|普及|既然|还是会|.{1,2}过或.{1,3}过"
)

_EN_TOGETHER = (
    r"\"[^\"]*\"|“[^”]*”|\([^)]*\)|\bthe following [\w ]{1,30}? (and|or) \w+|\bbetween\b.{1,40}?\band\b|\b(each and every|more and more|again and again|now and then|up and running"
    r"|whether or not|or not|one or more|terms and conditions|by and large|and so on)\b"
    r"|\bwhat was \w+ or \w+\b|\b\w+ed or \w+ed\b|\b(my|our|your)? ?(colleagues|family|students|friends) and (I|me|you)\b|\b(you|me|I|myself) and\b"
)

_ZH_ASPECT = "价格|卫生|质量|时间|组织|内容|态度|效率|场地|形式|速度|环境|氛围|口味|分量|费用|地点|设备|水平|结果|方式"

_EN_ASPECT = (
    "prices?|hygiene|quality|timing|times?|organisation|content|attitude|manners?|efficiency|premises|form|speed|atmosphere|taste|portions?|cost"
    "|place|equipment|standard|results?|location"
)

DOUBLE_BARRELLED: dict[Language, Words] = {
    "zh": words(
        r".{0,4}(和|与|跟|及|以及|或|、|并且|而且|，并|，[^，。]{0,6}(也|还|又)(?!要|是|请)|(还|又)(能|会|愿意|可以)|同时|不但|不仅|既[^，]+[，]?又).{0,4}",
        innocent=_ZH_TOGETHER,
    ),
    "en": words(
        r"\S+ (and|or|as well as|&|and also|plus|along with|together with|but also) \S+|\bboth\b.{1,60}\band\b",
        innocent=_EN_TOGETHER,
    ),
}

# A row of a matrix may well be named by two words (Culture and sport); two aspects of a thing are two questions.
TWO_ASPECTS: dict[Language, Words] = {
    "zh": words(rf"({_ZH_ASPECT})(和|与|及|以及|或|、)|(和|与|及|以及|或|、)({_ZH_ASPECT})"),
    "en": words(rf"\b({_EN_ASPECT})\b,? (and|or|as well as|&) |\b(and|or|as well as|&) (the )?({_EN_ASPECT})\b"),
}

NEGATION: dict[Language, Words] = {
    "zh": words(
        r"不|没|无人|无法|无从|无处|无缘|未能?|未曾|欠缺|并非|很难|难以|缺乏|缺少|拒绝|很少|极少|几乎没|少有|忽视|忽略",
        innocent=r"不同|不断|不少|不错|不仅|不但|不久|差不多|不管|不论|不必说|不时|不只|未来|不得了|了不起|没收|不言而喻|不用说|不记名|不动产|对不起|不约而同|不锈钢|不限|不定期|不超过|不低于|不少于|不收费|不见不散|没关系|难以?忘",
    ),
    "en": words(
        r"\b(not|never|no|nobody|no one|none|neither|cannot|unable|lacks?|refuses?|fails?|hardly|seldom|rarely|scarcely|ignores?|overlooks?|un(informed|heard|resolved|answered|noticed|explained)|left out)\b|n['’]t\b|\b(hard|difficult) to\b|\btoo \w+ to\b",
        innocent=r"\bno matter\b|\bnot only\b|\bno\. ?\d|\bwhether or not\b|\bnone the less\b|\bwithout fail\b",
    ),
}

_EN_UN = (
    r"un(able|aware|clear|certain|comfortable|common|fair|familiar|fit|friendly|happy|important|interested|just|kind|known|lawful|likely|necessary|"
    r"pleasant|popular|reasonable|reliable|safe|satisfied|sure|true|usual|willing|wise)|in(adequate|appropriate|convenient|effective|efficient|"
    r"sufficient|different)|im(possible|proper|polite)|dis(satisfied|honest|agree|like)|ir(responsible|regular)|lack|fail|without"
)

DOUBLE_NEGATION: dict[Language, Words] = {
    "zh": words(
        r"[并绝]?非(没有|没|不|无)|不(是|会|能|得|可|应|应该|应当|至于)(没有|没|不|无)|没有(?!不同).{0,8}(不|没|未)(?!同|断|少|久|错|仅|只|满意吗)|无不|莫不|未必[不没]|不无"
        r"|(不|没有?)(认为|觉得|同意|相信|承认|赞成|否认).{0,14}(没有|没|不|无)(?!同|断|少)|非.{1,8}不可|(不|没有).{1,10}(是|都是|也是)?(不|没)(应该|应当|可以|能|行|对|好|合理|公平|必要)"
        r"|难道.{0,4}不|不(应该|应当|应|该|能|会|要)?(反对|禁止|拒绝|否认|避免|杜绝|防止)"
    ),
    "en": words(
        rf"(\b(not|never|no|nobody|none|cannot|neither)\b|n['’]t\b)[^.?!]{{0,45}}?\b(not|never|nobody|none|nothing|do without|{_EN_UN})\b"
        rf"|(\bnot [a-z]+ing\b)[^.?!]{{0,40}}\b({_EN_UN}|not|wrong)\b",
        innocent=r"\bwhether or not\b|\bif not, why not\b|\bnot only\b",
    ),
}

_EN_NUMBER = r"(?! \d| (one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|half|couple|year|month|week|day|semester|term|academic|school|calendar))"

VAGUE: dict[Language, Words] = {
    "zh": words(
        one_of(
            "最近 近期 近来 近日 近段 近些 经常 时常 常常 偶尔 偶而 有时(?!间|长|效|段|限|差) 平时 平日 通常 大概 大约 差不多 (?<![年月日号岁点时天])以前 从前 曾经 若干 一段时间 一阵子 很久 好久 前不久 不久前 不久以后 不久之后 不久的将来 (?<!即)将来 往往 多半 (?<!固)定期(?!限|存款|合同) (?<!合)适时 及时地 有空(?!调|间|白|缺|气)"
            " 时不时 隔三差五 隔三岔五 三天两头 动不动 短期内 近期内 长期以来 久而久之 多数时候 大多数时候 大部分时间 多数情况 大多数情况 多次(?!数) 几次三番 一些时候 早晚会 迟早 过几天 这几天 那几天 这些天"
        ),
        r"您(平时)?(很少|极少|较少|难得)|过.{0,2}(不少|很多|许多|较多|好几)|(前|这|那)一?阵子?(?!雨)|前些(天|日子|时候)|这(段|些)(时间|时候|日子|天)|那(段|些)(时间|时候|日子)|隔(一段|一阵|几天)|一般(都|会(?!员|议|费)|是|在(?!职|岗))|(?<![非正通经平日异反家寻超])常(?!见|务|委|规|识|用|州|态|任|设|住|驻|量|理|情|人|温|数|青|绿|备|年)|(?:^|[，,您在的])过去(?!了|的?[\d一二两三四五六七八九十半几]|的?(一|半|上)|\d)",
        innocent=r"最近的|最近一次|约\d|有多(少|大|常)|多少|和很多|次数很多",
    ),
    "en": words(
        r"\b(recent(ly)?|lately|of late|often|frequently|occasionally|sometimes|from time to time|usually|normally|regularly|roughly|frequent|in the last (little )?while|not long ago|these days|of recent|before long|now and again|once in a while|most of the time|as a rule|generally|some time|a while|periodically)\b",
        rf"\bnow and then\b|\bin the past{_EN_NUMBER}\b|\ba long time\b|\bsome time ago\b|\bthese past (days|weeks|months|years)\b|\b(quite )?(a few|a lot of|lots of|plenty of|a number of|several|numerous|various times)\b|\bquite (often|some|a bit)\b|\bevery (so often|now and (then|again)|once in a while|few (days|weeks|months))\b",
        r"\bin (the )?(near|foreseeable|not too distant) future\b|\b(soon|shortly|nowadays|at times(?! (that|when|which|to|of|for))|on occasions?|in recent (times|days|weeks|months|years)|the other day|earlier on|formerly|typically|at intervals|on a regular basis|in general|at some point|many times|infrequently|sporadically|long ago|for years|for ages)\b|\b(do|did|have|are) you (seldom|rarely|hardly ever)\b",
        innocent=r"\bmost recent\b|\bhow (often|frequently|regularly|soon|many times)\b|\bas soon as\b",
    ),
}
