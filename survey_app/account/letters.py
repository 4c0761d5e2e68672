"""What mails from this door say, in the language of the page they were asked from."""

from flask import current_app

from survey_app.services.linking import LINK, Words
from survey_app.web.languages import gettext as _


def link_words() -> Words:
    organisation = str(current_app.jinja_env.globals["organisation"]())  # type: ignore[operator]
    text = _(
        "您好！\n\n有人用这个邮箱申请登录%(organisation)s的领取页。如果是您，请在半小时内打开：\n\n%(link)s\n\n"
        "打开后页面会先写明是谁的账号，您点“是我”才算登录。这个链接只能用一次，请不要转发。\n\n"
        "如果不是您申请的，不用理会这封邮件。\n\n登录只用来领取全年答题资格；答题时不用登录，没有人能看到谁答了什么。",
        organisation=organisation,
        link=LINK,
    )
    return Words(organisation, _("登录链接：领取全年答题资格"), text)
