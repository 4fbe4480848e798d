"""German words for the segmenter."""

from satzpaar.translate.segmentation.language import (
    Language,
    Ordinals,
    abbreviation_list,
    word_list,
)

_ARTICLES_AND_PRONOUNS = word_list("""
    Der Die Das Dem Den Des Ein Eine Einer Eines Einem Einen Kein Keine Keiner Keines
    Keinem Keinen Mein Meine Meiner Meinem Meinen Dein Deine Sein Seine Seiner Seines
    Seinem Seinen Ihr Ihre Ihrer Ihres Ihrem Ihren Unser Unsere Unserer Unserem Unseren
    Unserm Euer Eure Ich Du Er Sie Es Wir Mich Mir Dir Ihm Ihn Ihnen Uns Euch Man Dies
    Diese Dieser Dieses Diesem Diesen Jene Jener Jenes Jenem Jenen Derjenige Diejenige
    Diejenigen Derselbe Dieselbe Dasselbe Dieselben Jeder Jede Jedes Jedem Jeden Jemand
    Niemand Alles Alle Aller Allen Allem Wer Was Wem Wen Wessen Welche Welcher Welches
    Welchem Welchen Beide Beides Einige Einiges Etliche Manche Mancher Manches Mehrere
    Viele Vieles Vielen Wenige Nichts Etwas Solche Solcher Solches Andere Anderes
    Anderen Letztere Letzterer Letzteres Derlei Dergleichen Deren Dessen
""")

_PREPOSITIONS_AND_CONJUNCTIONS = word_list("""
    Ab Abseits Am An Angesichts Anhand Anlässlich Ans Anstatt Anstelle Auf Aufgrund Aufs
    Aus Ausgerechnet Außer Außerhalb Bei Beim Binnen Bis Dank Durch Durchs
    Einschließlich Entgegen Entlang Entsprechend Für Fürs Gegen Gegenüber Gemäß
    Hinsichtlich Hinter Im In Infolge Inmitten Innerhalb Ins Jenseits Laut Mangels Mit
    Mithilfe Mittels Nach Neben Ohne Per Pro Samt Seit Statt Trotz Um Ums Ungeachtet
    Unter Unterhalb Unweit Vom Von Vor Während Wegen Wider Zu Zufolge Zum Zur
    Zugunsten Zuungunsten Zwecks Zwischen Über Übers Aber Allein Als Also Bevor
    Beziehungsweise Bloß Da Damit Dass Daß Denn Doch Ehe Entweder Falls Indem Indessen
    Insofern Insoweit Jedoch Nachdem Ob Obgleich Obschon Obwohl Oder Seitdem Sobald
    Sofern Solange Sondern Sooft Soweit Sowie Sowohl Und Weder Weil Wenn Wenngleich Wie
    Wiewohl Wo Wobei Wogegen Wohingegen Zumal
""")

_ADVERBS = word_list("""
    Abends Abermals Allenfalls Allerdings Allerspätestens Allmählich Anderenfalls
    Andererseits Andernfalls Anders Anfangs Annähernd Anscheinend Anschließend Anstelle
    Auch Auffallend Augenblicklich Außerdem Bald Beinahe Beispielsweise Bekanntlich
    Bereits Besonders Bestenfalls Bestimmt Bezeichnenderweise Bisher Bislang Bisweilen
    Dabei Dadurch Dafür Dagegen Daher Dahin Dahinter Damals Danach Daneben Dann Daran
    Darauf Daraufhin Daraus Darin Darum Darunter Darüber Davon Davor Dazu Dazwischen
    Demgegenüber Demgemäß Demnach Demnächst Demzufolge Dennoch Derart Dereinst Derweil
    Derzeit Deshalb Desto Deswegen Direkt Donnerstags Dort Dorther Dorthin Drinnen
    Draußen Drüben Ebenfalls Ebenso Eben Eher Eigentlich Einerseits Einfach Einmal Einst
    Einstweilen Endlich Erst Erstens Erstmals Etwa Eventuell Fast Ferner Folglich
    Freilich Frühestens Früher Gar Gegenwärtig Gelegentlich Genau Genauso Gerade
    Geradezu Gern Gerne Gestern Gewiss Gleich Gleichsam Gleichwohl Gleichzeitig
    Glücklicherweise Grundsätzlich Heute Heutzutage Hier Hierbei Hierdurch Hierfür
    Hiermit Hierzu Hierzulande Hin Hingegen Hinterher Hinzu Hoffentlich Höchstens Immer
    Immerhin Infolgedessen Insbesondere Insgesamt Inwiefern Inzwischen Irgendwann
    Irgendwie Irgendwo Ja Jahrelang Je Jedenfalls Jedesmal Jemals Jetzt Jüngst Kaum
    Keinesfalls Keineswegs Künftig Kürzlich Langfristig Langsam Lediglich Leider
    Letztendlich Letztlich Manchmal Mehr Mehrfach Mehrmals Meist Meistens Mindestens
    Mitten Mittags Mittlerweile Monatelang Montags Morgen Morgens Möglicherweise
    Möglichst Nachher Nachmittags Nachts Natürlich Nebenan Nebenbei Nebenher Nein
    Neuerdings Neulich Nicht Nie Niemals Nirgends Noch Nochmals Normalerweise Notfalls
    Nun Nur Offenbar Offensichtlich Oft Oftmals Ohnedies Ohnehin Plötzlich Praktisch
    Quasi Rund Samstags Schließlich Schon Schätzungsweise Sehr Selbst Selbstverständlich
    Selten Sicher Sicherlich So Sodann Soeben Sofort Sogar Sogleich Somit Sonntags Sonst
    Soviel Soviele Später Spätestens Stattdessen Stellenweise Stets Tatsächlich Teils
    Teilweise Tags Trotzdem Täglich Umgekehrt Umso Unbedingt Unlängst Unmittelbar
    Unterdessen Ursprünglich Vergangene Vergangenen Vergeblich Vermutlich Vielerorts
    Vielfach Vielleicht Vielmehr Voraussichtlich Vorerst Vorgestern Vorher Vorhin Vorige
    Vorläufig Vormittags Vorne Wahrscheinlich Wann Warum Weiter Weiterhin Weiters
    Weitgehend Wenigstens Weshalb Weswegen Wieder Wiederum Wieso Wieviel Wieviele
    Wirklich Wochenlang Woher Wohin Wohl Womit Womöglich Wonach Woran Worauf Woraus
    Worin Worum Worüber Wovon Wozu Währenddessen Zeitweise Ziemlich Zuallererst Zudem
    Zuerst Zufällig Zugegeben Zugleich Zuletzt Zumeist Zumindest Zunächst Zurzeit
    Zusammen Zusätzlich Zuvor Zwar Zweifellos Zweitens Drittens Ähnlich Überall Überdies
    Überhaupt Übrigens Üblicherweise Öfter
""")

_VERBS_AND_REST = word_list("""
     Bist Ist Sind Seid War Waren Wäre Wären Hat Habe Haben Hatte Hatten Hätte Hätten
     Wird Werden Wurde Wurden Würde Würden Kann Können Konnte Konnten Könnte Könnten
     Muss Müssen Musste Mussten Müsste Soll Sollen Sollte Sollten Wollen Wollte Wollten
     Darf Dürfen Durfte Dürfte Mag Mögen Möchte Möchten Gibt Geht Kommt Lässt Lassen
     Bleibt Steht Glauben Macht Sehen Stellt Herr Frau Herrn Hallo Ach Oh Nun Tja Na
     Zwei Drei Vier Fünf Sechs Sieben Zehn Zwölf Hunderte Tausende Zahlreiche
     Verschiedene Weitere Weiteres Sämtliche Jegliche Unzählige Insofern Geschweige
""")

# Each may also be followed by a noun or a name, but never ends a sentence.
_BOUND = abbreviation_list("""
    Dr. Prof. Hr. Hrn. Frl. Fa. Ing. Dipl. Mag. Univ. Doz. Hptm. Oblt. Lt. Gefr. Kapt.
    Insp. Präs. Vors. Stv. stv. stellv. St. Ste. Skt. hl. Frhr. Pfr. Bgm. Rep. Sen. Gov.
    Sgt. Col. Capt. Maj. Mr. Mrs. Ms. Mme. Mlle. Mt. Ft. Rev. Hon. Messrs. Dipl.-Ing.
    Dipl.-Kfm. Dr.-Ing. med. jur. phil. theol. rer. nat. pol. oec. publ. h.c. habil.
    vet. dent. psych. z.B. z.Bsp. d.h. d.i. i.d.R. i.Allg. i.S.d. i.S.v. i.V.m. i.e.S.
    i.w.S. i.H.v. m.a.W. m.E. o.g. s.a. u.U. u.zw. z.T. z.Z. z.Zt. z.Hd. v.a. a.d.
    b.z.w. d.s. n.Br. s.Br. bzw. resp. ca. cca. rd. ungef. mind. höchst. max. min.
    durchschn. vgl. sog. sogen. ggf. ggfs. evtl. eventl. bspw. bes. insb. insbes. inkl.
    incl. einschl. exkl. ausschl. zzgl. abzgl. bzgl. betr. gem. lt. ggü. zw. entspr.
    mglw. vorauss. wahrsch. urspr. ehem. eig. gegr. verh. verw. kath. evang. röm. kgl.
    städt. staatl. öff. öffentl. wiss. techn. allg. spez. jährl. monatl. wöchentl. tägl.
    jew. zuz. dt. frz. franz. engl. ital. griech. lat. türk. amerik. österr. europ.
    internat. amtl. gesetzl. vermutl. wg. vs. cf. i.e. e.g.
""") - {"Max", "Min", "Mind", "Höchst"}

# Each ends a sentence if a word that begins one follows.
_FREE = abbreviation_list("""
    Mio. Mill. Mrd. Md. Bio. Tsd. Stck. Stk. Std. Stdn. Sek. Min. Mon. Jh. Jhd. Jhdt.
    Jg. v.Chr. n.Chr. v.u.Z. v.d.Z. u.Z. Chr. Nr. Nrn. Abs. Ziff. Rn. Rdn. Rdnr. Buchst.
    Halbs. Urt. Beschl. Entsch. Drucks. Bd. Bde. Bl. Kap. Abb. Tab. Taf. Anh. Anl. Anm.
    Fn. Fußn. Ausg. Aufl. Hrsg. Hg. Verf. Übers. Red. Bearb. Az. Tel. Postf. Pf. Kto.
    Bhf. Hbf. Str. Pl. Ggs. Sp. Bez. Kr. Krs. Lkr. Reg.-Bez. Kt. Ortst. Whg. Zi. Co.
    Cie. Inc. Corp. Ltd. Bros. Gebr. Ges. Jr. jr. Sr. sen. jun. Esq. Gen. geb. gest.
    verst. Fr. a.D. e.V. i.R. i.G. i.L. d.R. d.Ä. d.J. d.Red. Anm.d.Red. a.M. i.Br. o.J.
    o.O. u.a. u.v.a. o.a. p.a. p.m. a.m. a.a.O. a.O. s.o. s.u. k.o. k.A. n.n. N.N. i.V.
    i.A. p.p. mult. v.H. v.T. f. ff. q.e.d. ü.d.M. ü.M. U.S. U.S.A. U.K. U.N. D.C.
    G.m.b.H. A.G. S.A. S.p.A. B.V. N.V. d.M. d.Js. l.J. v.J. Jan. Jän. Feb. Febr. Mrz.
    Apr. Jun. Jul. Aug. Sep. Sept. Okt. Nov. Dez. Mo. Di. Mi. Do. Sa. So. MwSt. Mwst.
    USt. Sekr. Zit. Verl. Akad. Inst. Fak. Abt. Kfm. Abk. Bsp. Forts. Prov. Pers. gez.
    stud. cand. M.A. B.A. M.Sc. B.Sc. LL.M. Ph.D. mtl. Ltr. zz. zzt. Gr. Kl. Pkt. Ew.
    Einw. Bj. Op.
""") - {"Sen", "F"}

# Each ends a sentence if any capital follows: nothing but the list's end comes after.
_CLOSING = abbreviation_list("""
    usw. usf. etc. u.Ä. u.ä. o.Ä. o.ä. u.dgl. dgl. o.dgl. u.a.m. u.v.m. u.s.w. u.s.f.
    u.v.a.m. etc.pp. pp. ebd. ibid. al. et.al.
""") - {"Al", "Pp"}

# Ordinary words unless a number follows: in Art. 5, but: in dieser Art.
_BEFORE_NUMBER = word_list("""
    Art Band Buch Los No Nos Pos Teil Max Reg Fax Mobil Fig Vol Ch op
""")

# Units, which are written without a full stop; single letters after a figure only.
_UNITS = word_list("""
    m g l h t km cm mm dm nm kg mg dg ml cl dl hl kWh MWh kW mph Hz kHz MHz pH hm ms qm
""")

# Where news comes from: "Washington - Präsident …" is a dateline.
_PLACES = word_list("""
    Athen Augsburg Bagdad Bangkok Basel Beirut Berlin Bern Bonn Bremen Brüssel Budapest
    Bukarest Chemnitz Damaskus Dortmund Dresden Düsseldorf Erfurt Essen Frankfurt Genf
    Hamburg Hannover Istanbul Jerusalem Kabul Kairo Karlsruhe Kassel Kiel Kiew Köln
    Leipzig London Luxemburg Madrid Magdeburg Mailand Mainz Minsk Moskau München
    Nürnberg Oslo Paris Peking Potsdam Prag Pjöngjang Rom Saarbrücken Salzburg Schwerin
    Seoul Stockholm Straßburg Stuttgart Teheran Tokio Warschau Washington Wien Wiesbaden
    Zürich
""")

# Words that a letter or a Roman numeral follows, so that it is no initial.
_NUMBERED = word_list("""
    Abschnitt Akt Band Block Buch Figur Grad Gruppe Hartz Hepatitis Kapitel Kategorie
    Klasse Linie Note Phase Plan Punkt Serie Stufe Tafel Teil Team Typ Variante Vitamin
    Zone
""")

_ORDINALS = Ordinals(
    after=word_list("""
        am im vom zum zur beim ans ins dem den der die das des ein eine einem einen
        einer eines sein seine seinem seinen seiner seines ihr ihre ihrem ihren ihrer
        ihres unser unsere unserem unseren mein meine meinem meinen dieser diese diesem
        diesen dieses jeder jede jedes jedem jeden jener jene jenes jenem ab kein keine
        keinen euer bereits erst schon gerade zweimal insgesamt beide alle dessen deren
        deutschlands
    """),
    nouns=word_list("""
        Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober
        November Dezember Januars Februars Aprils Junis Julis Augusts Septembers
        Oktobers Novembers Dezembers Jan Jän Feb Febr Mrz Mär Apr Jun Jul Aug Sep Sept
        Okt Nov Dez Jahrhundert Jahrhunderts Jahrhunderten Jh Jhd Jhdt Jahrtausend
        Jahrtausends Jahr Jahres Jahrestag Lebensjahr Lebensjahres Schuljahr Geburtstag
        Geburtstages Todestag Hochzeitstag Tag Tages Tage Woche Wochen Monat Monats
        Quartal Quartals Halbjahr Weltkrieg Weltkrieges Weltkriegs Platz Platzes Plätze
        Rang Ränge Stelle Position Runde Etappe Halbzeit Minute Minuten Spielminute
        Sekunde Stunde Uhr Satz Liga Bundesliga Kreisliga Spieltag Spieltags Spieltages
        Mannschaft Halbfinale Auflage Ausgabe Band Kapitel Klasse Klassen Stufe Etage
        Stock Stockwerk Obergeschoss OG UG Breitengrad Längengrad Breitengrades Kongress
        Parteitag Legislaturperiode Wahlperiode Amtszeit Bezirk Bezirks Arrondissement
        Zivilsenat Strafsenat Senat Kammer Teil Akt Szene Strophe Staffel Folge
        Symphonie Sinfonie Internationale Republik Reich Reichs Division Armee Bataillon
        Kompanie Regiment Generation Grades Grad Mal Male Versuch Kilometer Person Kind
        Advent Adventssonntag Gebot Fastensonntag Lesung Änderung Verordnung Gipfel
        Gipfeltreffen Jubiläum Sitzung Bürgermeister FC FCK FFC FSV SC SV TSV
        BC BFC VC HC TC KC FK Vorsitzende Vorsitzender Vorsitzenden Sieger Vizepräsident
        Präsident Auto Besucher
    """),
    noun_endings=tuple(
        word_list("""
        jahrhundert jahrhunderts liga tag tages tags runde etage geschoss kongress
        klasse minute meisterschaft meisterschaften spiele spielen auflage jubiläum
        treffen gipfel konferenz festival periode etappe staffel wettbewerb lauf fest
        messe turnier sinfonie symphonie division brigade senat geburtstag
    """)
    ),
    cardinal_after=word_list("""
        als nur über unter gegen mit von um etwa rund knapp fast auf bei minus plus
        gleich ist sind war waren wurde wurden mal nach bis seit ca zu
    """),
)

GERMAN = Language(
    starters=(
        _ARTICLES_AND_PRONOUNS
        | _PREPOSITIONS_AND_CONJUNCTIONS
        | _ADVERBS
        | _VERBS_AND_REST
    ),
    bound=_BOUND,
    free=_FREE,
    closing=_CLOSING,
    before_number=_BEFORE_NUMBER,
    units=_UNITS,
    endings=("str",),
    exclaiming=word_list("Yahoo Joomla Jeopardy Wham"),
    numbered=_NUMBERED,
    places=_PLACES,
    ordinals=_ORDINALS,
)
