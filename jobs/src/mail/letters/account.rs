//! Letters about an account: its invitation, and a link for a forgotten password.

use entity::{account::rules::LINK_LIFETIME, outbox::facts, term::Term};

use super::{Letter, Words};
use crate::mail::page::{Block, Page};

impl Letter for facts::Invitation {
    fn page(&self, words: &Words) -> Page {
        let by = self.inviter.as_ref().map(|inviter| {
            let office = inviter.role.word(words.language);
            match inviter.name.starts_with(office) {
                true => inviter.name.clone(),
                false => words.say(
                    format!("{office} {}", inviter.name),
                    format!("{} ({office})", inviter.name),
                ),
            }
        });
        let park = words.park.name(words.language);
        let who = [park.map(str::to_owned), by].into_iter().flatten();
        let who: Vec<String> = who.collect();
        let who = match who.is_empty() {
            true => words.say(
                "园区企业服务中心",
                "The enterprise service centre of the park",
            ),
            false => who.join(&words.say("", ", ")),
        };
        let hours = LINK_LIFETIME.num_hours();
        Page {
            blocks: vec![
                words.paragraph(
                    format!("您好！{who}邀请您使用企业服务契约平台。"),
                    format!("{who} invites you to use Qiyue."),
                ),
                words.paragraph(
                    "平台记录园区与企业签订的服务契约：每项承诺由谁办理、何时到期、办得如何，企业和园区看到的一致。",
                    "It keeps the service contracts between the park and its enterprises: for each promise who handles it, when it is due and \
                     what became of it. The enterprise and the park see the same.",
                ),
                words.paragraph(
                    format!(
                        "请打开下面的链接，设置自己的密码。链接 {hours} 小时内有效，只能使用一次；过期后，在登录页选择“忘记密码”即可重新获取。"
                    ),
                    format!(
                        "Please open the link below and choose a password. The link is valid for {hours} hours and can be used once; after that, \
                         choose “Forgotten your password?” on the sign-in page to get another one."
                    ),
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
                    "如非本人，请忽略本邮件，并告知企业服务中心。",
                    "If this e-mail is not meant for you, please ignore it and inform the enterprise service centre.",
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
