//! Letters about an account: its invitation, and a link for a forgotten password.

use entity::outbox::facts;

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::Invitation {
    fn page(&self, words: &Words) -> Page {
        Page {
            blocks: vec![
                words.paragraph(
                    "您好！已为您开通企业服务契约平台账户。请在有效期内打开下面的链接，设置自己的密码。链接只能使用一次。",
                    "An account has been created for you. Please open the link below before it expires and choose a password. The link can \
                     be used once.",
                ),
                Block::Facts(vec![
                    words.fact("登录名", "Sign-in name", &self.login),
                    words.fact(
                        "链接有效期至",
                        "The link is valid until",
                        words.instant(self.expires_at),
                    ),
                ]),
                words.action("设置密码", "Choose a password", &self.path),
                Block::Note(words.say(
                    "如非本人，请忽略本邮件并告知管理员。",
                    "If this e-mail is not meant for you, please ignore it and inform the administrator.",
                )),
            ],
            ..words.page(("账户", "Account"), &self.name, self)
        }
    }
}

impl Letter for facts::Password {
    fn page(&self, words: &Words) -> Page {
        Page {
            blocks: vec![
                words.paragraph(
                    "我们收到了重新设置密码的请求。请在有效期内打开下面的链接。链接只能使用一次。",
                    "We received a request to set a new password for you. Please open the link below before it expires. The link can be used once.",
                ),
                Block::Facts(vec![words.fact(
                    "链接有效期至",
                    "The link is valid until",
                    words.instant(self.expires_at),
                )]),
                words.action("重新设置密码", "Set a new password", &self.path),
                Block::Note(words.say(
                    "如非本人操作，请忽略本邮件，您的密码不会改变。",
                    "If you did not request this, please ignore this e-mail: your password will not change.",
                )),
            ],
            ..words.page(("账户", "Account"), &self.name, self)
        }
    }
}
