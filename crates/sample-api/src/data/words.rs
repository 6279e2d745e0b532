//! Words that the records are made of.

pub const FIRST: &[&str] = &[
    "Ada",
    "Zoë",
    "Jürgen",
    "María",
    "Søren",
    "Łukasz",
    "Chloé",
    "Nguyễn",
    "Олена",
    "Yuki",
    "美咲",
    "José",
    "Fatima",
    "Ömer",
    "Grace",
    "Liam",
    "Noor",
    "Åsa",
    "Priya",
    "Kofi",
    "Siobhán",
    "Matěj",
    "محمد",
    "Δημήτρης",
];
pub const LAST: &[&str] = &[
    "Lovelace",
    "Müller",
    "García",
    "Ørsted",
    "Wójcik",
    "Lefèvre",
    "Trần",
    "Шевченко",
    "Tanaka",
    "佐藤",
    "Silva",
    "Haddad",
    "Yılmaz",
    "Hopper",
    "O'Neill",
    "Lindström",
    "Iyer",
    "Mensah",
    "Ní Bhriain",
    "Dvořák",
    "Smith",
    "Papadopoulos",
];
/// City, country code, postal code.
pub const CITIES: &[(&str, &str, &str)] = &[
    ("Berlin", "DE", "10115"),
    ("München", "DE", "80331"),
    ("São Paulo", "BR", "01000-000"),
    ("København", "DK", "1050"),
    ("Łódź", "PL", "90-001"),
    ("Zürich", "CH", "8001"),
    ("東京", "JP", "100-0001"),
    ("Αθήνα", "GR", "104 31"),
    ("Київ", "UA", "01001"),
    ("Málaga", "ES", "29001"),
    ("Québec", "CA", "G1A 0A2"),
    ("Boston", "US", "02108"),
    ("Reykjavík", "IS", "101"),
    ("İzmir", "TR", "35000"),
    ("Accra", "GH", "GA-184"),
];
pub const STREETS: &[&str] =
    &["Hauptstraße", "Rue de l'Église", "Main Street", "Calle Peñón", "Nørregade", "ul. Żurawia", "Via Verdi"];
pub const COMPANIES: &[&str] =
    &["Acme", "Globex", "Initech", "Umbrella & Söhne", "Café Noir", "Hooli", "Étoile SARL", "Tyrell"];
pub const TAGS: &[&str] = &["vip", "wholesale", "newsletter", "beta", "überfällig", "partner", "trial", "churn-risk"];
pub const PRODUCTS: &[&str] =
    &["Kettle", "Lamp", "Desk", "Crème brûlée torch", "Chair", "Backpack", "Notebook", "Piñata", "Umbrella", "Mug"];
pub const COLOURS: &[&str] = &["red", "blue", "green", "natural", "black", "café"];
pub const SUBJECTS: &[&str] = &[
    "Where is my order?",
    "Rechnung fehlt",
    "Can't sign in",
    "返品について",
    "Refund please",
    "La livraison est en retard",
    "Thank you 🎉",
];
