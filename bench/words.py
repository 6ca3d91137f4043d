"""What synthetic titles and abstracts are made of, in three languages. Slots: practice, outcome, system, place, method, site,
number, percent, year."""

ENGLISH = {
    "titles": [
        "{practice} and {outcome} in {system} of {place}",
        "Effects of {practice} on {outcome}: {method} in {place}",
        "{outcome} under {practice} in {system}",
        "How {practice} changes {outcome}: lessons from {site}",
        "{method} of {outcome} in {system} of {place}",
        "A guide to {practice} for {system}",
        "{practice} for {system}: {outcome} and the livelihoods of farmers in {place}",
        "Ten years of {practice} at {site}: {outcome}",
        "What do we know about {outcome} in {place}? {method}",
        "{outcome} and {practice}, {year}",
    ],
    "sentences": [
        "We studied {practice} in {system} of {place} over {number} years.",
        "Samples were taken to a depth of {number} cm at {number} plots near {site}.",
        "{outcome} increased by {percent} % where {practice} had been in use for more than a decade.",
        "The largest changes were seen in {system}, the smallest in {place}.",
        "Farmers around {site} reported fewer losses in dry years and lower costs for fertiliser.",
        "{method} shows that {practice} and {outcome} go together only where rainfall exceeds {number} mm.",
        "Results from {number} long-term experiments are compared with models of {outcome}.",
        "The response to {practice} depends on texture, climate and the history of the land.",
        "We discuss what this means for national inventories, for monitoring and for policy in {place}.",
        "Uncertainty remains large, since few sites have been measured more than once.",
        "Women took part in {number} % of the groups, and led most of those at {site}.",
        "Costs and benefits were estimated per hectare and year, with and without support.",
        "Extension services in {place} can use the method with simple tools.",
        "Between {year} and today, {outcome} declined wherever {practice} was given up.",
        "No effect on yields was found in {system}; in two cases they rose by {percent} %.",
        "The data, the protocol and the code are open to everybody.",
        "Emissions of nitrous oxide were measured with chambers every {number} days.",
        "This review brings together {number} studies published since {year}.",
    ],
    "practice": [
        "cover crops", "no-till farming", "compost", "biochar", "agroforestry", "crop rotation", "rotational grazing",
        "mulching", "green manure", "intercropping", "terracing", "liming", "farmyard manure", "reduced tillage",
        "living hedges", "silvopasture", "half-moon pits", "assisted regeneration", "alley cropping", "peatland rewetting",
        "direct seeding", "residue retention", "organic fertilisers", "drip irrigation", "contour bunds",
    ],
    "outcome": [
        "soil organic carbon", "carbon stocks", "water infiltration", "soil fertility", "microbial biomass", "crop yields",
        "aggregate stability", "carbon sequestration", "nitrogen cycling", "earthworm abundance", "erosion",
        "greenhouse gas emissions", "plant diversity", "rooting depth", "food security", "available phosphorus",
        "soil moisture", "bulk density", "resilience to drought", "household income", "carbon storage in deep layers",
        "soil health", "net primary production", "salinity", "the carbon balance",
    ],
    "system": [
        "smallholder farms", "vineyards", "dryland cereals", "tropical grasslands", "rice paddies", "mountain pastures",
        "coffee gardens", "olive groves", "degraded savannas", "temperate forests", "market gardens", "mangroves",
        "cocoa plantations", "maize fields", "orchards", "urban gardens", "peatlands", "rangelands", "sugar cane", "oases",
    ],
    "method": [
        "a meta-analysis", "a long-term experiment", "remote sensing", "a survey of farmers", "a modelling study",
        "near-infrared spectroscopy", "a systematic review", "participatory mapping", "a life cycle assessment",
        "isotope tracing", "a regional inventory", "an economic assessment", "eddy covariance", "a decision tool",
    ],
}  # fmt: skip

FRENCH = {
    "titles": [
        "{practice} et {outcome} dans {system}",
        "Effets de {practice} sur {outcome} : {method}",
        "{outcome} : ce que change {practice}, l'exemple de {site}",
        "Guide pratique : {practice} pour {system}",
        "{outcome} en {place} : {method}",
        "Dix ans d'essais à {site} : {practice} et {outcome}",
    ],
    "sentences": [
        "Nous avons étudié {practice} dans {system} pendant {number} ans.",
        "Les prélèvements ont été faits à {number} cm de profondeur près de {site}.",
        "On observe une hausse de {percent} % là où l'on pratique {practice} depuis plus d'une décennie.",
        "Les agriculteurs de {site} signalent moins de pertes les années sèches et des charges plus faibles.",
        "{method} montre que {practice} et {outcome} vont de pair seulement au-delà de {number} mm de pluie.",
        "La réponse dépend de la texture, du climat et de l'histoire des parcelles.",
        "Nous discutons des conséquences pour les inventaires nationaux et les politiques publiques en {place}.",
        "L'incertitude reste forte, car peu de sites ont été mesurés plus d'une fois.",
        "Les coûts et les bénéfices ont été estimés par hectare et par an, avec et sans accompagnement.",
        "Les services de conseil peuvent utiliser la méthode avec des outils simples.",
        "Entre {year} et aujourd'hui, {outcome} a reculé partout où la pratique a été abandonnée.",
        "Cette synthèse rassemble {number} études publiées depuis {year}.",
    ],
    "practice": [
        "les couverts végétaux", "le semis direct", "le compost", "le biochar", "l'agroforesterie", "la rotation des cultures",
        "le pâturage tournant", "le paillage", "les engrais verts", "les cultures associées", "les terrasses", "le fumier",
        "les haies vives", "le sylvopastoralisme", "les demi-lunes", "la régénération assistée", "l'irrigation localisée",
    ],
    "outcome": [
        "le carbone organique des sols", "les stocks de carbone", "l'infiltration de l'eau", "la fertilité des sols",
        "la biomasse microbienne", "les rendements", "la stabilité des agrégats", "la séquestration du carbone", "l'érosion",
        "les émissions de gaz à effet de serre", "la diversité végétale", "la sécurité alimentaire", "l'humidité du sol",
        "la résilience à la sécheresse", "le revenu des ménages", "la santé des sols", "la salinité", "le bilan de carbone",
    ],
    "system": [
        "les exploitations familiales", "les vignobles", "les céréales pluviales", "les prairies tropicales", "les rizières",
        "les alpages", "les caféières", "les oliveraies", "les savanes dégradées", "les forêts tempérées", "les oasis",
        "les cacaoyères", "les champs de maïs", "les vergers", "les tourbières", "les mangroves", "le maraîchage",
    ],
    "method": [
        "une méta-analyse", "un essai de longue durée", "la télédétection", "une enquête auprès des producteurs",
        "une modélisation", "la spectroscopie", "une revue systématique", "une cartographie participative",
        "une analyse du cycle de vie", "un inventaire régional", "une évaluation économique",
    ],
}  # fmt: skip

SPANISH = {
    "titles": [
        "{practice} y {outcome} en {system}",
        "Efectos de {practice} sobre {outcome}: {method}",
        "{outcome} en {place}: {method}",
        "Guía práctica: {practice} para {system}",
        "Diez años de ensayos en {site}: {practice} y {outcome}",
    ],
    "sentences": [
        "Estudiamos {practice} en {system} durante {number} años.",
        "Las muestras se tomaron a {number} cm de profundidad cerca de {site}.",
        "Se observó un aumento del {percent} % donde se practica {practice} desde hace más de una década.",
        "Los agricultores de {site} informan de menos pérdidas en los años secos y de menores costes.",
        "{method} muestra que {practice} y {outcome} van juntos solo donde llueve más de {number} mm.",
        "La respuesta depende de la textura, del clima y de la historia de las parcelas.",
        "Se discute lo que esto significa para los inventarios nacionales y las políticas públicas en {place}.",
        "La incertidumbre sigue siendo grande, pues pocos sitios se han medido más de una vez.",
        "Los costes y beneficios se estimaron por hectárea y año, con y sin acompañamiento.",
        "Entre {year} y hoy, {outcome} disminuyó allí donde se abandonó la práctica.",
        "Esta revisión reúne {number} estudios publicados desde {year}.",
    ],
    "practice": [
        "los cultivos de cobertura", "la siembra directa", "el compost", "el biocarbón", "la agroforestería",
        "la rotación de cultivos", "el pastoreo rotativo", "el acolchado", "los abonos verdes", "las terrazas", "el estiércol",
        "los setos vivos", "los sistemas silvopastoriles", "la regeneración asistida", "el riego por goteo",
    ],
    "outcome": [
        "el carbono orgánico del suelo", "las reservas de carbono", "la infiltración del agua", "la fertilidad del suelo",
        "la biomasa microbiana", "los rendimientos", "la estabilidad de los agregados", "el secuestro de carbono",
        "la erosión", "las emisiones de gases de efecto invernadero", "la diversidad vegetal", "la seguridad alimentaria",
        "la humedad del suelo", "la resiliencia a la sequía", "los ingresos de los hogares", "la salud del suelo",
    ],
    "system": [
        "las fincas familiares", "los viñedos", "los cereales de secano", "los pastizales tropicales", "los arrozales",
        "los cafetales", "los olivares", "las sabanas degradadas", "los bosques templados", "los cacaotales", "los maizales",
        "los huertos", "las turberas", "los manglares", "los oasis",
    ],
    "method": [
        "un metaanálisis", "un ensayo de larga duración", "la teledetección", "una encuesta a productores",
        "un estudio de modelización", "la espectroscopia", "una revisión sistemática", "un inventario regional",
        "una evaluación económica", "una cartografía participativa",
    ],
}  # fmt: skip

LANGUAGES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}

# Names of people and of sites are made of these: nobody's, and many.
SYLLABLES = """
ba be bo da del dor fa fen ga gol ha hem ka kel kin la lan lem lin lo ma mar mel mi mon na nel no or pa pel qua ra
ren ri ros sa sel so ta tel tir to ul va ven vi wa wen ya zel
"""
