"""Names of people, companies and places that the desk is made of."""

from __future__ import annotations


def _words(text: str, separator: str = " ") -> tuple[str, ...]:
    return tuple(text.split(separator))


FIRST_NAMES: dict[str, tuple[str, ...]] = {
    "en": _words(
        "Emma Oliver Grace Liam Sophie Noah Chloe James Amelia Harry Isla George Ruby Jack Ella Thomas Freya Daniel"
        " Hannah Ryan Megan Aaron Zoe Patrick Leah Connor Alice Ethan Nina Samuel"
    ),
    "de": _words(
        "Anna Lukas Lena Felix Marie Jonas Julia Paul Katrin Tobias Sabine Markus Jürgen Petra Stefan Heike"
        " Björn Ulrike Matthias Claudia"
    ),
    "es": _words(
        "María José Lucía Carlos Carmen Javier Elena Miguel Sofía Diego Paula Andrés Marta Álvaro Raquel Pablo"
    ),
    "fr": _words(
        "Camille Louis Léa Hugo Manon Jules Chloé Antoine Élise Nicolas Sylvie Thierry Amélie Bruno Cécile Rémi"
    ),
    "pt": _words("João Ana Beatriz Pedro Mariana Rafael Luísa Tiago Inês Gustavo Camila Bruno Letícia Vítor"),
}
LAST_NAMES: dict[str, tuple[str, ...]] = {
    "en": _words(
        "Smith Jones Taylor Brown Walsh Murphy Clark Evans Wright Hughes Green Baker Carter Phillips Cooper Ward"
        " Kelly Price Bennett Foster Gray Hayes Marsh Palmer Reid Shaw Webb Doyle Nolan Quinn"
    ),
    "de": _words(
        "Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Wolf"
        " Schröder Neumann Krüger Hartmann Lange Vogel"
    ),
    "es": _words(
        "García Martínez López Sánchez Pérez Gómez Ruiz Díaz Moreno Muñoz Álvarez Romero Navarro Torres Vega Ortega"
    ),
    "fr": _words(
        "Martin Bernard Dubois Durand Moreau Laurent Lefèvre Roux Fournier Girard Mercier Blanc Guérin Chevalier"
        " François Perrin"
    ),
    "pt": _words("Silva Santos Oliveira Souza Pereira Costa Rodrigues Almeida Carvalho Araújo Ribeiro Gonçalves"),
}
COUNTRIES: dict[str, tuple[str, ...]] = {
    "en": ("US", "GB", "US", "IE", "AU", "CA", "NL", "SE"),
    "de": ("DE", "DE", "DE", "AT", "CH"),
    "es": ("ES", "ES", "MX", "AR", "CO"),
    "fr": ("FR", "FR", "BE", "CA"),
    "pt": ("BR", "BR", "PT"),
}
CITIES: dict[str, tuple[str, ...]] = {
    "en": _words("London Leeds Boston Denver Dublin Toronto Sydney Bristol Chicago Seattle Cardiff Austin"),
    "de": _words("Hamburg Köln Leipzig Wien Zürich Dresden Bremen Nürnberg"),
    "es": _words("Madrid Sevilla Bilbao Bogotá Rosario Valencia"),
    "fr": _words("Lyon Nantes Lille Namur Bordeaux Rennes"),
    "pt": _words("Lisboa Porto Recife Curitiba Campinas Braga"),
}
COMPANIES = tuple(
    f"{first} {last}"
    for first in _words("Kestrel Alder Bluebird Copper Fern Granite Juniper Lantern Maple Nimbus Otter Pebble Quill")
    for last in _words("Foods|Logistics|Studio|Partners|Clinics|Energy|Hotels|Works|& Sons|Labs", "|")
)
AGENT_NAMES = _words(
    "Priya Nair|Marco Rossi|Aisha Khan|Tom Becker|Laura Jensen|Kenji Sato|Fatima Haddad|Ben Carter|Ingrid Larsen"
    "|Diego Ramos|Wei Zhang|Katya Orlova|Samuel Osei|Nora Lindqvist|Jonas Weiss|Amara Obi|Lucas Petit|Hana Novak"
    "|Rachel Stein|Omar Aziz|Greta Lund|Victor Mendes|Yuki Mori|Elif Demir|Paul Anders|Mina Park|Oscar Blom"
    "|Tara Singh|Felipe Duarte|Sara Cohen|Adam Novotny|Clara Voss|Idris Bello|Julia Kovacs|Ravi Menon|Stella Rizzo"
    "|Noel Fischer|Zara Ahmed|Peter Holm|Lina Farah",
    "|",
)
PRODUCTS = (
    "Halo Thermostat",
    "Beam Lamp",
    "Pulse Hub",
    "Trace Camera",
    "Drift Speaker",
    "Glow Strip",
    "Sway Blind",
    "Latch Lock",
)
PLANS = ("Free", "Basic", "Pro", "Enterprise")
DEVICES = ("iPhone 15", "Pixel 8", "iPad", "Galaxy S24", "iPhone 13 mini", "Moto G", "Galaxy Tab", "Fairphone 5")
BROWSERS = ("Chrome 128", "Firefox 130", "Safari 17", "Edge 127", "Chrome on Android", "Firefox ESR")
CODES = (
    *(f"E-{number}" for number in (1007, 1013, 2044, 2190, 3302, 4012, 4015, 5120, 5121, 6001, 6408, 7719)),
    *("HTTP 500", "HTTP 401", "HTTP 429", "HTTP 403", "ERR_TIMEOUT", "ERR_CERT_42", "0x80070005", "AUTH-19"),
)
