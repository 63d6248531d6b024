//! `qiyue demo`: the product with twenty demonstration enterprises, ready to be tried.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Args;
use entity::{language::Language, term::Term};
use url::Url;

use super::{parse_instant, say, tell};
use crate::{
    app,
    config::Config,
    demo::{self, DemoError, PASSWORD},
};

/// What stands behind `qiyue demo`.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// The address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8331")]
    listen: SocketAddr,
    /// The date of the demonstration: its clock starts there and then runs normally.
    #[arg(long, value_name = "TIME", default_value = "2026-09-30T08:00")]
    as_of: String,
    /// Only prepare the data.
    #[arg(long)]
    prepare_only: bool,
    /// Allow an address other than loopback, although the passwords of the demonstration are public and sent without TLS.
    #[arg(long)]
    insecure_cookies: bool,
}

/// The folder of the demonstration, unless `--data-dir` names another.
pub fn folder() -> PathBuf {
    PathBuf::from("qiyue-demo")
}

/// Prepares the demonstration, and serves it until it is ended.
pub async fn run(config: Config, args: &DemoArgs) -> Result<ExitCode, DemoError> {
    if !args.listen.ip().is_loopback() && !args.insecure_cookies {
        tell(
            "演示的登录信息是公开的：监听其他地址需加 --insecure-cookies。\n\
             The sign-ins of the demonstration are public: to listen beyond loopback, add --insecure-cookies.",
        );
        return Ok(ExitCode::FAILURE);
    }
    let as_of = match parse_instant(&args.as_of, config.time_zone) {
        Ok(as_of) => as_of,
        Err(problem) => {
            tell(&problem);
            return Ok(ExitCode::FAILURE);
        }
    };
    let config = Config {
        park_name: Some(demo::PARK.zh.to_owned()),
        park_name_en: Some(demo::PARK.en.to_owned()),
        hotline: Some(demo::HOTLINE.to_owned()),
        listen: args.listen,
        public_url: Url::parse(&format!("http://{}", args.listen)).unwrap_or(config.public_url),
        insecure_cookies: args.insecure_cookies,
        introspection: true,
        graphiql: true,
        demonstration: true,
        rate_limits: false,
        ..config
    };
    let opened = demo::open(&config, as_of).await?;
    say(&introduction(&config, &opened.store.today().to_string()));
    if args.insecure_cookies {
        tell("警告：登录信息未经加密传输。 Warning: sign-ins travel without TLS.");
    }
    let served = match args.prepare_only {
        true => Ok(()),
        false => app::serve(&config, opened.store.clone(), app::ending()).await,
    };
    opened.close().await.and(served)?;
    Ok(ExitCode::SUCCESS)
}

/// What a new user has to know.
fn introduction(config: &Config, today: &str) -> String {
    let mut text = format!(
        "企业服务契约平台演示 Qiyue demonstration, today is {today}\n\n\
         console   {}\n\
         API       {}graphql\n\
         mailbox   {}\n\
         password  {PASSWORD}\n\n",
        config.public_url,
        config.public_url,
        config.mailbox_dir.display()
    );
    for (login, role) in demo::sign_ins() {
        text.push_str(&format!(
            "  {login:<28} {} {}\n",
            role.word(Language::Chinese),
            role.word(Language::English)
        ));
    }
    text
}
