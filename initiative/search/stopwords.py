"""Words too common to search for, per language: folded (no accents, lower case), as `analysis.fold` gives them.

Nouns and verbs that carry meaning in this field stay out, such as French *été* or Spanish *estado*.
"""

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below between both but by can
cannot could did do does doing down during each few for from further had has have having he her here hers him his how i
if in into is it its itself just me more most my no nor not of off on once only or other our ours out over own same she
should so some such than that the their theirs them then there these they this those through to too under until up upon
very was we were what when where which while who whom why will with would you your yours
"""

# Single letters are what elision leaves: l'eau, d'un, qu'il.
_FRENCH = """
a afin ai ainsi alors apres as au aucun aussi autre autres aux avait avant avec avez avoir avons c car ce ceci cela
celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis des donc dont du elle elles en encore
entre es est et etait etant etc etes etre eu eux ici il ils j je jusqu jusque l la le les leur leurs lors lorsqu lorsque
lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent
plus pour pourquoi puis puisqu puisque qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront
ses si soit sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
y
"""

_SPANISH = """
a ademas ahi al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun aunque
bajo bien cada como con contra cual cuales cuando de del desde despues donde dos durante e el ella ellas ellos en entre
era eran eres es esa esas ese eso esos esta estaba estan estar estas este esto estos fue fueron ha habia haber han has
hasta hay he la las le les lo los mas me mediante mi mis mucho muy nada ni no nos nosotros nuestra nuestras nuestro
nuestros o os otra otras otro otros para pero poco por porque pues que quien quienes se sea sean segun ser si sido sin
sino sobre son soy su sus suya suyo tal tambien tan tanto te tiene tienen todo todos tu tus u un una unas uno unos y ya
yo
"""

_ARABIC = """
إلى التي الذي الذين اللذان اللتان اللواتي ان او أن أو إن أي أيضا بعد بعض بل بين تحت تلك ثم حتى حول حيث خلال دون ذلك
على عن عند غير فوق في فيها فيه قبل قد كان كانت كل كما كيف لا لدى لكن له لها لم لن ليس ليست ما ماذا متى مثل مع من منذ
منها منه نحن هذا هذه هم هن هنا هناك هو هي هل و ولا وهو وهي يكون
"""

RAW = {"en": _ENGLISH, "fr": _FRENCH, "es": _SPANISH, "ar": _ARABIC}
