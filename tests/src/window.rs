//! A browser of somebody, without pictures: cookies, pages, forms.

use api_door::scalar::Kind;
use async_graphql::ID;
use entity::{
    account::{self, commands::Create},
    id::new_id,
    language::Language,
    viewer::{Role, Viewer},
};
use reqwest::{Client, Response, StatusCode, header, redirect::Policy};
use sea_orm::prelude::Uuid;

use crate::Park;

/// The password of the people of [`Window::of`].
pub const PASSWORD: &str = "Right-password-1";

/// A browser of somebody.
#[derive(Debug)]
pub struct Window {
    /// Sends what the other functions do not.
    pub client: Client,
}

impl Default for Window {
    fn default() -> Self {
        let client = Client::builder()
            .no_proxy()
            .cookie_store(true)
            .redirect(Policy::none())
            .build();
        Self {
            client: client.expect("a client"),
        }
    }
}

impl Window {
    /// A browser in which a new person of this role has signed in, and the person's login.
    pub async fn of(park: &Park, role: Role) -> (Self, String) {
        Self::of_department(park, role, None).await
    }

    /// The same of a person who belongs to a department.
    pub async fn of_department(
        park: &Park,
        role: Role,
        department_id: Option<Uuid>,
    ) -> (Self, String) {
        let people = park.people().await;
        let login = format!("{}@park.example", new_id(park.store.now()).simple());
        let person = Create {
            login: login.clone(),
            name: "示例人员".to_owned(),
            telephone: None,
            role,
            department_id,
            enterprise_id: (role == Role::Enterprise).then(|| people.enterprises[1].id),
            language: Language::English,
            password: Some(PASSWORD.to_owned()),
            demonstration: false,
        };
        account::commands::create(&park.store, &Viewer::system("story"), person)
            .await
            .expect("created");
        (Self::enter(park, &login, PASSWORD).await, login)
    }

    /// A browser in which somebody has signed in.
    pub async fn enter(park: &Park, login: &str, password: &str) -> Self {
        let window = Self::default();
        let token = window.token(park, "/sign-in").await;
        let fields = [
            ("token", token.as_str()),
            ("login", login),
            ("password", password),
        ];
        let answer = window.post(park, "/sign-in", &fields).await;
        assert_eq!(
            (answer.status(), location(&answer)),
            (StatusCode::SEE_OTHER, "/")
        );
        window
    }

    /// Opens a page.
    pub async fn get(&self, park: &Park, path: &str) -> Response {
        let request = self.client.get(park.url(path).await);
        request.send().await.expect("an answer")
    }

    /// The text of a page.
    pub async fn text(&self, park: &Park, path: &str) -> String {
        self.get(park, path).await.text().await.expect("a page")
    }

    /// The token on a page.
    pub async fn token(&self, park: &Park, path: &str) -> String {
        hidden(&self.text(park, path).await, "token")
    }

    /// Sends a form.
    pub async fn post(&self, park: &Park, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(park.url(path).await).form(fields);
        request.send().await.expect("an answer")
    }
}

/// What a hidden field of a page holds, the frame around it aside.
pub fn hidden(page: &str, name: &str) -> String {
    let page = page.split_once("<main").expect("a page").1;
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name}:\n{page}"));
    rest.split('"').next().expect("a value").to_owned()
}

/// The text of a page without its marks. A name in Chinese inside an English sentence is marked as such and parts no words.
pub fn plain(page: &str) -> String {
    let mut stretches = page.split("<span lang=\"zh-CN\">");
    let mut page = stretches.next().unwrap_or_default().to_owned();
    for stretch in stretches {
        page.push_str(&stretch.replacen("</span>", "", 1));
    }
    let (mut text, mut inside) = (String::new(), false);
    for character in page.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            other if !inside => text.push(other),
            _ => {}
        }
    }
    let text = text.replace("&quot;", "\"").replace("&#34;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where an answer leads.
pub fn location(answer: &Response) -> &str {
    let value = answer.headers().get(header::LOCATION);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Whether a page says this in the part that takes the field: after the words come its `select`, its buttons.
pub fn beside(page: &str, field: &str, words: &str) -> bool {
    let mut said = page.match_indices(words);
    said.any(|(place, _)| {
        let rest = &page[place..];
        let name = format!("name=\"{field}\"");
        let first = rest.find("name=\"");
        first.is_some_and(|at| rest[at..].starts_with(&name))
    })
}

/// The page of the thing with this global id.
///
/// # Panics
/// It is none.
pub fn page_of(id: &str) -> String {
    let (kind, key) = Kind::parse(&ID(id.to_owned())).expect("an id");
    format!("/{}s/{key}", kind.prefix())
}
