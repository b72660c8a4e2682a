"""The phrases that the generated press is made of; all our own writing."""

from dataclasses import dataclass

Pool = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language. Sentences are made of one of each pool of a tuple."""

    people: tuple[tuple[str, str], ...]  # full name, how a second mention names them
    reports: tuple[Pool, Pool, Pool, Pool]
    statements: tuple[Pool, Pool, Pool, Pool]
    subjects: Pool  # what is due
    said: Pool
    negation: tuple[str, str]  # a phrase and the same with a "not"
    local: Pool
    notice: str


def _pool(lines: str) -> Pool:
    return tuple(line.strip() for line in lines.strip().splitlines())


ENGLISH = Phrases(
    people=(
        ("Nora Fielding", "Ms. Fielding"),
        ("Walter Oakes", "Mr. Oakes"),
        ("Priya Landry", "Landry"),
        ("Tomas Greer", "Mr. Greer"),
        ("Helen Marsh", "Marsh"),
        ("Owen Fielding", "Mr. Fielding"),
    ),
    reports=(
        _pool("""
        Parts makers along the lake
        Dairy farmers in two provinces
        A group of border mayors
        Officials close to the talks
        Union leaders from the plants
        Lawyers for the steel mills
        Truckers who cross every day
        The chamber's trade committee
        Three former negotiators
        Growers of winter tomatoes
        Bankers in the northern cities
        Analysts at a small research house
        """),
        _pool("""
        spent the week weighing
        have quietly prepared for
        wrote a long letter about
        could not agree on
        asked a tribunal to look at
        took little comfort from
        were briefed on Monday about
        counted the likely cost of
        published their own figures on
        warned lawmakers again about
        drew up a plan to survive
        found nothing new in
        """),
        _pool("""
        the rules for car engines and gearboxes
        a quota on cheese and milk powder
        an end to the old arbitration panels
        higher wages in the assembly plants
        the clause that lets the pact lapse
        duties on rolled steel and aluminium
        a seasonal limit on fresh fruit
        the ceiling on duty free parcels
        new inspections at the bridges
        longer patents for biological drugs
        the state purchasing chapter
        data centres kept inside the country
        """),
        _pool("""
        before the ministers fly home.
        while the peso kept sliding.
        although few of them expect a vote this year.
        and sent copies to every capital.
        after a night of closed meetings.
        in a paper that runs to ninety pages.
        as snow shut the main crossing.
        for the third time since autumn.
        without naming the firms concerned.
        because the courts have been slow.
        at a hearing that almost nobody attended.
        even as factories took on more staff.
        """),
    ),
    statements=(
        _pool("""
        We have told our partners plainly that
        My colleagues and I believe that
        Nobody in this room should doubt that
        I said in the spring and repeat today that
        After three hours of hard talk it is clear that
        Every farmer I meet tells me that
        """),
        _pool("""
        a smaller market would hurt workers on both sides
        the pact has to protect the people who build cars
        a panel of neutral judges must settle such quarrels
        milk and cheese will stay out of any bargain
        the border towns need certainty for at least 16 years
        tariffs of 25 percent on steel make everybody poorer
        wages in the plants must rise before trucks roll freely
        the other side keeps moving the goal posts at night
        """),
        _pool("""
        , and we are ready to stay at the table
        , so our offer stands exactly as it was written
        , which is why we will not sign a weak text
        , and the numbers from 12 provinces bear that out
        , though we hear kinder words in private
        , whatever the markets may think of it
        """),
        _pool("""
        until a fair balance is found.
        as long as that takes.
        before the winter session opens.
        for the sake of the next generation.
        even if the cameras have gone home.
        with our eyes wide open.
        """),
    ),
    subjects=_pool("""
    replies on the auto content rules
    comments on seasonal produce limits
    ratification of the side letters
    the exemption from steel duties
    the report of the dairy panel
    a list of reserved services
    consultations about border inspections
    the offer on public purchasing
    """),
    said=_pool("""
    said
    told reporters
    added
    """),
    negation=("we are ready to sign", "we are not ready to sign"),
    local=_pool("""
    At the mill on Cedar Street, the shift that starts at dawn read the news on their phones.
    The town council will take the matter up when it meets after the holiday.
    Our newsroom reached four local shops, and none had raised a price so far.
    """),
    notice="This story belongs to its publisher. Write to our desk if you find a mistake in it. "
    "Subscribe for the morning letter and never miss what matters in your town.",
)

FRENCH = Phrases(
    people=(
        ("Colette Aubin", "Mme Aubin"),
        ("Rémi Desforges", "M. Desforges"),
        ("Étienne Vaillant", "Vaillant"),
        ("Maud Lenoir", "Mme Lenoir"),
        ("Basile Aubin", "M. Aubin"),
    ),
    reports=(
        _pool("""
        Les fabricants de pièces
        Les producteurs de lait de deux provinces
        Un groupe de maires frontaliers
        Des proches des pourparlers
        Les syndicats des usines
        Les avocats des aciéries
        Les camionneurs de la région
        Le comité du commerce
        Trois anciens négociateurs
        Les maraîchers de la vallée
        Les banquiers du nord
        """),
        _pool("""
        ont passé la semaine à étudier
        se préparent sans bruit à
        ont écrit une longue lettre sur
        ne s'entendent toujours pas sur
        ont saisi un tribunal contre
        tirent peu de réconfort de
        ont été informés lundi de
        ont chiffré le coût de
        ont publié leurs données sur
        ont de nouveau mis en garde contre
        """),
        _pool("""
        les règles sur les moteurs et les boîtes de vitesses
        un quota de fromage et de poudre de lait
        la fin des anciens groupes d'arbitrage
        la hausse des salaires dans les usines
        la clause qui laisse mourir le pacte
        des droits sur l'acier laminé et l'aluminium
        une limite saisonnière aux fruits frais
        le plafond des colis sans taxe
        les nouvelles inspections sur les ponts
        des brevets plus longs pour les remèdes
        """),
        _pool("""
        avant le retour des ministres.
        pendant que le peso glissait encore.
        bien que peu d'entre eux attendent un vote cette année.
        et en ont envoyé copie à chaque capitale.
        après une nuit de réunions à huis clos.
        dans un mémoire de quatre-vingts pages.
        alors que la neige fermait le poste principal.
        sans nommer les entreprises visées.
        parce que les cours ont tardé.
        """),
    ),
    statements=(
        _pool("""
        Nous avons dit clairement à nos partenaires que
        Mes collègues et moi croyons que
        Personne dans cette salle ne doit douter que
        Je l'ai dit au printemps et je répète que
        Après trois heures de discussion il est clair que
        """),
        _pool("""
        un marché plus petit nuirait aux ouvriers des deux pays
        le pacte doit protéger ceux qui montent les voitures
        un groupe de juges neutres doit trancher ces querelles
        le lait et le fromage resteront hors de tout marchandage
        les villes frontalières ont besoin de stabilité pendant 16 ans
        des droits de 25 pour cent sur l'acier appauvrissent tout le monde
        """),
        _pool("""
        , et nous sommes prêts à rester à la table
        , donc notre offre demeure telle qu'elle est écrite
        , et les chiffres de 12 provinces le confirment
        , quoi que les marchés puissent en penser
        """),
        _pool("""
        jusqu'à ce qu'un juste équilibre soit trouvé.
        aussi longtemps qu'il le faudra.
        avant l'ouverture de la session d'hiver.
        pour le bien de la prochaine génération.
        """),
    ),
    subjects=_pool("""
    réponses sur le contenu automobile
    observations sur les limites saisonnières
    ratification des lettres parallèles
    exemption des droits sur l'acier
    rapport du groupe laitier
    offre sur les achats publics
    """),
    said=_pool("""
    a dit
    a déclaré
    a ajouté
    """),
    negation=("nous sommes prêts à signer", "nous ne sommes pas prêts à signer"),
    local=_pool("""
    À l'usine de la rue des Cèdres, l'équipe du matin a lu la nouvelle au téléphone.
    Le conseil municipal en parlera à sa prochaine réunion, après le congé.
    Quatre commerces du quartier nous disent n'avoir encore rien changé à leurs prix.
    """),
    notice="Ce texte appartient à son éditeur. Écrivez-nous si vous y trouvez une erreur. "
    "Abonnez-vous à la lettre du matin pour ne rien manquer de votre ville.",
)

SPANISH = Phrases(
    people=(
        ("Irene Robledo", "Robledo"),
        ("Fermín Arce", "el señor Arce"),
        ("Julia Montalvo", "la señora Montalvo"),
        ("Gaspar Luján", "Luján"),
    ),
    reports=(
        _pool("""
        Los fabricantes de autopartes
        Los lecheros de dos provincias
        Un grupo de alcaldes de la frontera
        Personas cercanas a las pláticas
        Los sindicatos de las plantas
        Los abogados de las acereras
        Los transportistas de la zona
        La comisión de comercio
        Tres antiguos negociadores
        Los productores de tomate
        """),
        _pool("""
        pasaron la semana estudiando
        se preparan en silencio para
        escribieron una larga carta sobre
        siguen sin acuerdo sobre
        pidieron a un tribunal revisar
        hallan poco consuelo en
        recibieron el lunes informes de
        calcularon el costo de
        publicaron sus propias cifras de
        """),
        _pool("""
        las reglas para motores y transmisiones
        un cupo de queso y leche en polvo
        el fin de los viejos paneles de arbitraje
        el alza de los salarios en las plantas
        la cláusula que deja morir el pacto
        los aranceles al acero laminado y al aluminio
        un límite de temporada a la fruta fresca
        el tope de los paquetes sin impuesto
        las nuevas revisiones en los puentes
        """),
        _pool("""
        antes del regreso de los ministros.
        mientras el peso seguía cayendo.
        aunque pocos esperan una votación este año.
        y mandaron copias a cada capital.
        tras una noche de juntas a puerta cerrada.
        en un documento de noventa páginas.
        cuando la nieve cerró el cruce principal.
        sin nombrar a las empresas aludidas.
        """),
    ),
    statements=(
        _pool("""
        Les hemos dicho con claridad a nuestros socios que
        Mis colegas y yo creemos que
        Nadie en esta sala debe dudar que
        Lo dije en primavera y repito hoy que
        Después de tres horas de charla queda claro que
        """),
        _pool("""
        un mercado más chico dañaría a los obreros de ambos lados
        el pacto tiene que proteger a quienes arman los autos
        un panel de jueces neutrales debe resolver esos pleitos
        la leche y el queso quedarán fuera de cualquier trueque
        las ciudades de la frontera necesitan certeza por 16 años
        aranceles de 25 por ciento al acero nos empobrecen a todos
        """),
        _pool("""
        , y estamos listos para seguir en la mesa
        , así que nuestra oferta queda tal como está escrita
        , y las cifras de 12 estados lo confirman
        , digan lo que digan los mercados
        """),
        _pool("""
        hasta hallar un equilibrio justo.
        todo el tiempo que haga falta.
        antes de que abra la sesión de invierno.
        por el bien de la próxima generación.
        """),
    ),
    subjects=_pool("""
    respuestas sobre contenido automotriz
    comentarios sobre límites de temporada
    ratificación de las cartas paralelas
    exención de los aranceles al acero
    informe del panel lechero
    oferta sobre compras públicas
    """),
    said=_pool("""
    dijo
    afirmó
    agregó
    """),
    negation=("estamos listos para firmar", "no estamos listos para firmar"),
    local=_pool("""
    En la planta de la calle Cedros, el turno del alba leyó la noticia en el teléfono.
    El cabildo verá el asunto cuando se reúna después del asueto.
    Cuatro tiendas del barrio nos dicen que aún no suben ningún precio.
    """),
    notice="Este texto es propiedad de su editor. Escriba a la redacción si halla un error. "
    "Suscríbase a la carta de la mañana para no perder lo que importa en su ciudad.",
)

LANGUAGES = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}
