"""What names look like in Chinese comments: surnames, titles, and words that only look like a name."""

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟"
    "安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项"
    "曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫"
    "嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺"
)
COMPOUND_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "东方",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "端木",
    "长孙",
    "宇文",
)

TITLES = (
    "老师", "教师", "教授", "副教授", "讲师", "助教", "导师", "辅导员", "班主任", "主任", "副主任", "院长", "副院长",
    "书记", "副书记", "处长", "副处长", "科长", "副科长", "部长", "副部长", "校长", "副校长", "主席", "副主席", "所长",
    "副所长", "馆长", "副馆长", "组长", "队长", "班长", "经理", "师傅", "阿姨", "大姐", "大哥", "大叔", "同志", "同事",
    "先生", "女士", "小姐", "秘书", "干事", "医生", "大夫", "护士", "博士", "会计", "委员", "工程师",
)  # fmt: skip
BEFORE_A_NAME = (*TITLES, "我叫", "名叫", "姓名", "联系人", "署名", "本人", "领导")

# Words before a title that begin like a name and name nobody: 高校老师, 任课教师, 常务副主任.
_NOT_NAMES = """
高校 高级 高职 高中 高等 高龄 高层 文科 文学 文艺 文化 文秘 任课 任何 任教 金融 金工 金牌 安全
安保 安康 常务 常委 成教 成人 方面 江城 时任 时装 白班 单位 项目 计划 计算 计财 管理 强基 华人
车队 车间 包车 房管 古典 米其 全体 全部 全校 全职 简单 木工 党委 党办 党群 党员 党政 党校 商学
商院 连队 花卉 乐队 练习 查分 查房 解放 卫生 卫健 晋升 练兵 关怀 关爱 康乐 周转 谢谢 周到 周全
周末 石油 兰花 梅花 钟点 段位 路桥 康复 康养 毛概 马院 马列 史学 易学 武术 邱上 游泳 关于 关心
关键 温暖 温馨 华为 宁可 许多 曾经 万一 于是 向往 成长 严格 严厉 高兴 方便
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
# After these two characters a third one makes it a place, not a person: 金融系主任, 文学院院长.
PLACE_ENDINGS = frozenset("系院部处室科班组学校级所馆站队办委会课中")
# No given name holds one of these.
NEVER_IN_NAMES = frozenset("的了是们这那我你他她它很吗呢吧啊着被把也没不就说讲让给")
# Prepositions and adverbs that are surnames too: 老师向工会反映, 主任常来.
MORE_OFTEN_GRAMMAR = frozenset({"d", "p", "c", "m", "r", "u", "uj", "ul", "ud"})

PINYIN_SURNAMES = (
    "Wang|Zhang|Liu|Chen|Yang|Zhao|Huang|Zhou|Wu|Xu|Zhu|Guo|Luo|Liang|Zheng|Xie|Tang|Deng|Feng|Cao|Peng|Zeng|Xiao|"
    "Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Ye|Cheng|Wei|Lu|Ding|Shen|Fan|Lin|Li|Sun|Hu|Gao|Ma|Han|Qian|Qin|Ouyang"
)
