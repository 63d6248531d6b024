//! What was just done, told once on the next page.

use entity::{
    language::{Language, Text},
    trail,
};

/// The commands of which an e-mail is told as their result.
const MAILED: [&str; 5] = [
    "account.create",
    "account.invite",
    "account.confirm",
    "visit.agree",
    "visit.move",
];

macro_rules! flashes {
    ($($flash:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// What was just done. Only the code travels in a cookie, so nobody can put words into our mouth.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Flash {
            /// A command was given, known by its code.
            Given(&'static str),
            $(#[doc = $en] $flash,)*
        }

        impl Flash {
            /// How the cookie spells it.
            pub fn code(self) -> &'static str {
                match self {
                    Self::Given(code) => code,
                    $(Self::$flash => $code,)*
                }
            }

            /// The one that is spelt so.
            pub fn of_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$flash),)*
                    code => {
                        let command = trail::command(code).filter(|command| command.form.is_some());
                        command.map(|command| Self::Given(command.code))
                    }
                }
            }

            /// Whether an e-mail comes of it.
            pub fn is_mailed(self) -> bool {
                matches!(self, Self::LinkSent) || matches!(self, Self::Given(code) if MAILED.contains(&code))
            }

            /// The sentence.
            pub fn text(self, language: Language) -> String {
                let text = match self {
                    Self::Given(code) => {
                        let form = trail::command(code).and_then(|command| command.form);
                        return form.map_or("", |form| form.done.in_language(language)).to_owned();
                    }
                    $(Self::$flash => Text::new($zh, $en),)*
                };
                text.in_language(language).to_owned()
            }
        }
    };
}

flashes! {
    SignedOut = "signed-out", "您已退出登录。", "You have signed out.";
    NoticesRead = "notices-read", "通知已全部标为已读。", "All notices are marked as read.";
    ApplicationStarted = "application-started", "草稿已建立，请逐部分填写，随时可以离开后继续。", "The draft is there. Fill it in section by section; you can leave and go on later.";
    ApplicationSaved = "application-saved", "已保存。", "Saved.";
    PasswordSet = "password-set", "密码已设置，请用新密码登录。", "The password has been set. You can now sign in.";
    LinkSent = "link-sent", "如果该账户存在，重设密码的链接已发送，72 小时内有效。", "If this account exists, a link for a new password has been sent. It is valid for 72 hours.";
    PasswordChanged = "password-changed", "密码已修改，所有会话已结束，请重新登录。", "The password has been changed and all sessions have ended: please sign in again.";
    Preferred = "preferred", "设置已保存。", "Your settings have been saved.";
    GateAnswered = "gate-answered", "前置条件已登记。", "The requirement has been recorded.";
    QuestionAnswered = "question-answered", "回答已保存。", "The answer is saved.";
    Planned = "planned", "已排期，基准日期不再改变。", "Planned; the baseline can no longer be changed.";
    JobAsked = "job-asked", "已请求立即运行，数秒内开始。", "It will run within seconds.";
    CorrectionAsked = "correction-asked", "已一次性告知，企业会收到通知。", "The enterprise has been told what is missing.";
    Completed = "case-completed", "补正材料已提交，部门会继续审查。", "What was missing has been handed in; the office goes on.";
    Followed = "case-followed", "容缺材料已补交。", "The materials have been handed in.";
    MailReleased = "mail-released", "邮件已放行。", "Mail has been released.";
    AccountDisabled = "account-disabled", "账户已停用。", "The account has been disabled.";
    AccountEnabled = "account-enabled", "账户已启用。", "The account has been enabled.";
    CalendarImported = "calendar-imported", "日历已导入，未办结的时限已重新计算。", "The calendar has been imported, and all open time limits have been recalculated.";
    ContractMoved = "contract-moved", "契约已更新。", "The contract has been updated.";
    ContractDrafted = "contract-drafted", "契约草稿已建立。", "The draft has been created.";
    AnswerSaved = "answer-saved", "草稿已保存。", "The draft is saved.";
    DesignAdopted = "design-adopted", "新的评议方案已采用。", "The new design is adopted.";
    EvaluationMoved = "evaluation-moved", "评议已更新。", "The evaluation has been updated.";
    Commented = "commented", "留言已发布。", "The comment has been posted.";
    Rated = "rated", "评价已提交，谢谢。", "Your rating has been recorded. Thank you.";
    SheetEntered = "sheet-entered", "已录入一次，请由另一人再次录入。", "Entered once: another person must enter it again.";
    SheetDiffers = "sheet-differs", "两次录入不一致，请由另一人对照原表裁定。", "The two entries differ: another person must decide with the sheet at hand.";
    SheetTaken = "sheet-taken", "已成为答卷，该评议表的编号作废。", "The sheet has become an answer, and its code is no longer valid.";
}
