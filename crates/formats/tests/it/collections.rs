//! Files of many requests, and the connectors that become of them.

use definition::model::{Auth, FieldType, Paginate, Partition};
use definition::{Definition, Document, to_yaml};
use formats::{Collection, Recognised, recognise};

const SHOP: &str = include_str!("documents/shop.openapi.yaml");
const PETS: &str = include_str!("documents/pets.swagger.json");
const MODERN: &str = include_str!("documents/modern.openapi.json");
const POSTMAN: &str = include_str!("documents/shop.postman.json");
const HAR: &str = include_str!("documents/page.har");

fn read(text: &str) -> Collection {
    match recognise(text) {
        Recognised::Collection(collection) => *collection,
        other => panic!("{other:?}"),
    }
}

fn taken(collection: &Collection, names: &[&str]) -> Definition {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let definition = collection.take(&names, None).unwrap();
    if let Err(faults) = Document::parse(&to_yaml(&definition)) {
        panic!("{faults:?}");
    }
    definition
}

fn lines(collection: &Collection) -> Vec<String> {
    collection
        .endpoints
        .iter()
        .map(|one| {
            let records = one.stream.records.path.as_deref().unwrap_or("-");
            let kind = if one.list { "list" } else { "one" };
            let inputs: Vec<&str> = one.inputs.iter().map(|input| input.name.as_str()).collect();
            format!("{} {} {kind} {records} [{}] {}", one.name(), one.path, one.stream.key.join(","), inputs.join(","))
        })
        .collect()
}

#[test]
fn an_openapi_description_lists_what_reads() {
    let shop = read(SHOP);
    assert_eq!((shop.format.as_str(), shop.definition.name.as_str()), ("OpenAPI 3.0.3", "acme-shop"));
    assert_eq!(shop.definition.title, "The Acme Shop API");
    assert_eq!(
        lines(&shop),
        [
            "customers /customers list $.data[*] [id] ",
            "customer /customers/{customer_id} one $.customer [id] customer_id",
            "orders /customers/{customer_id}/orders list $[*] [id] customer_id,status",
            "events /events list $.events[*] [id] since",
        ]
    );
    let signed: Vec<bool> = shop.endpoints.iter().map(|one| one.signed).collect();
    assert_eq!(signed, [true, true, true, false]);
    assert_eq!(
        shop.servers,
        ["https://{{ config.region }}.acme.test/{{ config.version }}", "https://sandbox.acme.test/v2"]
    );
    let customers = &shop.endpoints[0];
    assert_eq!((customers.group.as_str(), customers.title.as_str()), ("Customers", "List customers"));
    let fields: Vec<(&str, FieldType)> =
        customers.stream.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(
        fields,
        [
            ("id", FieldType::Integer),
            ("created_at", FieldType::Datetime),
            ("name", FieldType::String),
            ("born", FieldType::Date),
            ("vip", FieldType::Boolean),
            ("score", FieldType::Number),
            ("tags", FieldType::Array),
            ("address", FieldType::Object),
            ("referred_by", FieldType::Object),
        ]
    );
    assert_eq!(customers.stream.fields[0].description, "Its id");
    let Paginate::Page(page) = &customers.stream.paginate else { panic!("{:?}", customers.stream.paginate) };
    assert_eq!(serde_json::to_value(&page.inject).unwrap(), serde_json::json!({"query": "page"}));
    let Paginate::Cursor(cursor) = &shop.endpoints[3].stream.paginate else { panic!() };
    assert_eq!(cursor.next.as_str(), "$.meta.next_cursor");
    assert_eq!(shop.endpoints[2].stream.request.query["api-version"].as_text(), "2024-01-01");
    assert!(shop.losses.iter().any(|loss| loss.contains("that write were left out: 1")), "{:?}", shop.losses);
}

#[test]
fn what_is_taken_is_one_sound_connector() {
    let shop = read(SHOP);
    let all = taken(&shop, &["orders", "customers", "events"]);
    let names: Vec<&str> = all.streams.iter().map(|stream| stream.name.as_str()).collect();
    assert_eq!(names, ["customers", "events", "orders"], "those that need no other come first");
    let orders = &all.streams[2];
    assert_eq!(orders.request.path.as_str(), "/customers/{{ partition.customer_id }}/orders");
    let [Partition::Parent(parent)] = orders.partitions.as_slice() else { panic!("{orders:?}") };
    assert_eq!((parent.stream.as_str(), parent.value.as_str()), ("customers", "$.id"));
    let inputs: Vec<&str> = all.config.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(inputs, ["region", "version", "api_key", "since", "status"]);
    let Auth::ApiKey(key) = &all.http.as_ref().unwrap().auth else { panic!() };
    assert_eq!((key.name.as_str(), key.value.as_str()), ("X-Api-Key", "{{ config.api_key }}"));

    // Alone, the id of its customer is asked for.
    let alone = taken(&shop, &["orders"]);
    assert_eq!(alone.streams[0].request.path.as_str(), "/customers/{{ config.customer_id }}/orders");
    assert!(alone.config.iter().any(|input| input.name == "customer_id"));
    let sandbox = shop.take(&["events".to_owned()], Some("https://sandbox.acme.test/v2/")).unwrap();
    assert_eq!(sandbox.http.as_ref().unwrap().base_url.as_str(), "https://sandbox.acme.test/v2");
    assert!(sandbox.config.iter().all(|input| input.name != "region"), "{:?}", sandbox.config);
    for (names, base, code) in [
        (vec![], None, "nothing_chosen"),
        (vec!["custommers".to_owned()], None, "unknown_endpoint"),
        (vec!["events".to_owned()], Some("what"), "bad_base_url"),
    ] {
        assert_eq!(shop.take(&names, base).unwrap_err().code, code);
    }
}

#[test]
fn swagger_and_the_types_of_3_1_are_read_too() {
    let pets = read(PETS);
    assert_eq!(pets.servers, ["https://pets.test/v2"]);
    assert_eq!(
        lines(&pets),
        [
            "find_by_status /pet/findByStatus list $[*] [id] status",
            "one_pet /pet/{petId} one - [id] pet_id",
            "inventory /store/inventory one - [] ",
        ]
    );
    assert_eq!(pets.endpoints[0].inputs[0].default, Some("available".into()));
    taken(&pets, &["find_by_status", "one_pet", "inventory"]);

    let modern = read(MODERN);
    assert_eq!(
        lines(&modern),
        [
            "things /things list $.results[*] [id] ",
            "parts /things/{id}/parts list $[*] [id] id",
            "loop /loop list - [] ",
            "away /away list - [] ",
        ]
    );
    let fields: Vec<(&str, FieldType)> =
        modern.endpoints[0].stream.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(
        fields,
        [
            ("id", FieldType::String),
            ("size", FieldType::Integer),
            ("when", FieldType::Datetime),
            ("any", FieldType::Json)
        ]
    );
    assert!(matches!(&modern.endpoints[0].stream.paginate, Paginate::NextUrl(next) if next.next == "$.next"));
    assert!(modern.losses.iter().any(|loss| loss.contains("other files")), "{:?}", modern.losses);
    assert!(modern.servers.is_empty());
    assert_eq!(modern.take(&["things".to_owned()], None).unwrap_err().code, "no_base_url");
    let mut had = modern.clone();
    had.reached_at("https://modern.test/docs/openapi.json");
    let definition = taken(&had, &["things", "parts"]);
    assert_eq!(definition.http.as_ref().unwrap().base_url.as_str(), "https://modern.test");
    let [Partition::Parent(parent)] = definition.streams[1].partitions.as_slice() else { panic!() };
    assert_eq!((parent.stream.as_str(), parent.value.as_str()), ("things", "$.id"));
}

#[test]
fn ways_to_sign_in() {
    let with = |scheme: &str| {
        let text = format!(
            "openapi: 3.0.0\ninfo: {{title: T}}\nservers: [{{url: 'https://a.test'}}]\nsecurity: [{{s: []}}]\n\
             components: {{securitySchemes: {{s: {scheme}}}}}\npaths: {{/x: {{get: {{responses: {{'200': {{description: ok}}}}}}}}}}\n"
        );
        let collection = read(&text);
        let definition = taken(&collection, &["x"]);
        let kind = serde_json::to_value(&definition.http.as_ref().unwrap().auth).unwrap();
        let inputs: Vec<String> = definition.config.iter().map(|input| input.name.clone()).collect();
        (kind, inputs.join(","), collection.losses)
    };
    for (scheme, kind, inputs) in [
        ("{type: http, scheme: Bearer}", "bearer", "api_token"),
        ("{type: http, scheme: basic}", "basic", "username,password"),
        ("{type: http, scheme: digest}", "digest", "username,password"),
        ("{type: apiKey, in: query, name: key}", "api_key", "api_key"),
        ("{type: apiKey, in: cookie, name: sid}", "api_key", "api_key"),
        (
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.test/t', scopes: {a: x}}}}",
            "oauth2",
            "client_id,client_secret",
        ),
        (
            "{type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://id.test/a', tokenUrl: 'https://id.test/t'}}}",
            "oauth2",
            "client_id,client_secret",
        ),
        (
            "{type: oauth2, flows: {password: {tokenUrl: 'https://id.test/t'}}}",
            "oauth2",
            "client_id,client_secret,username,password",
        ),
        ("{type: openIdConnect, openIdConnectUrl: 'https://id.test'}", "bearer", "api_token"),
    ] {
        let (auth, names, losses) = with(scheme);
        assert_eq!((auth["type"].as_str().unwrap(), names.as_str()), (kind, inputs), "{scheme}");
        assert_eq!(losses.is_empty(), !scheme.contains("openId"), "{losses:?}");
    }
}

#[test]
fn a_postman_collection_is_read_with_its_variables_and_without_its_key() {
    let shop = read(POSTMAN);
    assert_eq!(
        lines(&shop),
        [
            "customers /customers list - [] ",
            "orders /customers/{customer_id}/orders list - [] customer_id,since",
            "ping /ping list - [] ",
        ]
    );
    assert_eq!(shop.servers, ["https://api.acme.test/v2"]);
    let groups: Vec<&str> = shop.endpoints.iter().map(|one| one.group.as_str()).collect();
    assert_eq!(groups, ["Customers", "Customers", ""]);
    assert_eq!(shop.secrets.len(), 1);
    assert_eq!(shop.secrets[0].1.open(), "s3cr3t-t0ken-value");
    let text = format!("{:?} {}", shop, serde_json::to_string(&shop).unwrap());
    assert!(!text.contains("s3cr3t"), "{text}");
    let told = shop.losses.join(" ");
    for word in ["scripts", "other.test", "that write were left out: 1"] {
        assert!(told.contains(word), "{told}");
    }
    let definition = taken(&shop, &["customers", "orders"]);
    let customers = &definition.streams[0].request;
    assert_eq!(
        (customers.query["limit"].as_text(), customers.headers["X-Tenant"].as_text()),
        ("50".into(), "blue".into())
    );
    assert_eq!(customers.query.len(), 1, "{customers:?}");
    let orders = &definition.streams[1];
    assert_eq!(orders.request.path.as_str(), "/customers/{{ partition.customer_id }}/orders");
    assert_eq!(orders.request.query["since"].as_text(), "{{ config.since }}");
    assert!(matches!(definition.http.as_ref().unwrap().auth, Auth::Bearer(_)));

    let open = POSTMAN.replace("\"key\": \"baseUrl\"", "\"key\": \"other\"");
    let open = read(&open);
    assert_eq!(open.take(&["customers".to_owned()], None).unwrap_err().code, "no_base_url");
    let given = open.take(&["customers".to_owned()], Some("https://x.test/v3")).unwrap();
    assert_eq!(given.streams[0].request.path.as_str(), "/customers");
}

#[test]
fn a_recording_lists_what_answered_data() {
    let har = read(HAR);
    assert_eq!(
        lines(&har),
        [
            "projects /projects list - [] ",
            "tasks /projects/{project_id}/tasks list - [] project_id",
            "me /me one - [] "
        ]
    );
    assert_eq!(har.servers, ["https://api.acme.test/v1"]);
    assert_eq!(
        (har.secrets.len(), har.losses.iter().any(|loss| loss.contains("track.test"))),
        (1, true),
        "{:?}",
        har.losses
    );
    let definition = taken(&har, &["projects", "tasks"]);
    assert!(!to_yaml(&definition).contains("s3cr3t") && !to_yaml(&definition).contains("Mozilla"));
    assert!(matches!(definition.streams[1].partitions.as_slice(), [Partition::Parent(_)]));
    // One request alone is taken at once.
    let one = "{\"log\": {\"entries\": [{\"request\": {\"method\": \"GET\", \"url\": \"https://a.test/x/77\", \"headers\": []}, \
               \"response\": {\"status\": 200, \"content\": {\"mimeType\": \"application/json\", \"text\": \"[]\"}}}]}}";
    let Recognised::Raw(draft) = recognise(one) else { panic!() };
    assert_eq!(draft.definition.streams[0].request.path.as_str(), "/x/77");
}

#[test]
fn files_that_give_nothing_say_so() {
    for (text, code) in [
        ("openapi: 3.0.0\npaths: {}", "nothing_to_read"),
        ("{\"openapi\": \"3.0.0\", \"paths\": {\"/x\": {\"post\": {}}}}", "nothing_to_read"),
        ("{\"openapi\": \"3.0.0\", \"paths\": ", "bad_description"),
        ("openapi: 3.0.0\npaths: [", "bad_description"),
        ("{\"log\": {\"entries\": []}}", "nothing_to_read"),
        ("{\"info\": {\"_postman_id\": \"x\"}, \"item\": []}", "nothing_to_read"),
    ] {
        let Recognised::Unknown(problem) = recognise(text) else { panic!("{text}") };
        assert_eq!((problem.code.as_str(), problem.hint.is_some()), (code, true), "{text}");
    }
}
