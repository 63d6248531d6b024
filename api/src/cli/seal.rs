//! `qiyue seal`: the key of what is answered without a name.

use std::process::ExitCode;

use clap::Subcommand;
use entity::{evaluation::commands::keys, store::Store, viewer::Viewer};

use super::{say, tell};

/// What to do with the key of answers without a name.
#[derive(Debug, Subcommand)]
pub enum SealCommand {
    /// Renew the key after an evaluation has closed; then copy the seal file to the other replicas and restart them. On SQLite this
    /// is done automatically.
    Renew,
    /// Discard the answers whose key is lost, and list the enterprises that may answer again.
    Forget {
        /// The reason; it is stored in the audit trail.
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command.
pub async fn run(store: &Store, command: SealCommand) -> ExitCode {
    let done = match command {
        SealCommand::Renew => keys::renew(store).await.map(|renewed| {
            if renewed {
                Ok(
                    "renewed: copy the seal file to the other replicas and restart them\n\
                    已更换：请把密钥文件复制到其他副本并重新启动"
                        .to_owned(),
                )
            } else {
                Err(
                    "an evaluation is open, or answers are sealed: wait for its close\n\
                     评议尚未截止，或仍有封存的答卷：请在截止后再更换"
                        .to_owned(),
                )
            }
        }),
        SealCommand::Forget { reason } if reason.trim().is_empty() => Ok(Err(
            "give a reason: --reason\n请说明原因：--reason".to_owned(),
        )),
        SealCommand::Forget { reason } => {
            keys::forget(store, &Viewer::system("command line"), reason.trim())
                .await
                .map(|firms| Ok(forgotten(&firms)))
        }
    };
    match done.unwrap_or_else(|fault| Err(fault.to_string())) {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            tell(&problem);
            ExitCode::FAILURE
        }
    }
}

fn forgotten(firms: &[String]) -> String {
    if firms.is_empty() {
        return "nothing is sealed by a lost key\n没有因密钥丢失而无法启封的答卷".to_owned();
    }
    format!(
        "ask these enterprises to answer again, signed in or on paper\n请以下企业登录后或用纸质评议表重新作答\n{}",
        firms.join("\n")
    )
}
