"""First names and titles that both languages know, as far as checks need them."""

# What stands before a person's name in German.
TITLES = frozenset(
    """
    Herr Herrn Frau Präsident Präsidentin Präsidenten Bundespräsident Kanzler
    Bundespräsidenten Kanzlerin Bundeskanzler Bundeskanzlerin Minister Ministerin
    Innenminister Innenministerin Außenminister Außenministerin Finanzminister
    Finanzministerin Verteidigungsminister Verteidigungsministerin Justizminister
    Ministerpräsident Ministerpräsidentin Ministerpräsidenten Premierminister
    Premierministerin Premier Bürgermeister Bürgermeisterin Oberbürgermeister
    Oberbürgermeisterin Sprecher Sprecherin Polizeisprecher Polizeisprecherin
    Regierungssprecher Professor Professorin Prof Dr Trainer Cheftrainer Torwart
    Stürmer Kapitän Papst König Königin Prinz Prinzessin Kaiser Senator Senatorin
    Gouverneur Gouverneurin General Oberst Richter Richterin Staatsanwalt
    Staatsanwältin Pfarrer Bischof Erzbischof Kardinal Regisseur Regisseurin
    Schauspieler Schauspielerin Sänger Sängerin Autor Autorin Schriftsteller
    Schriftstellerin Sir Lady Lord Graf Fürst Vorsitzende Vorsitzender Geschäftsführer
    Geschäftsführerin Direktor Direktorin Staatssekretär Parteichef Parteichefin
    Fraktionschef Landrat Landrätin Generalsekretär Generalsekretärin
    """.split()
)

# First names that news from German- and English-speaking countries is full of.
FIRST_NAMES = frozenset(
    """
    Adam Adrian Aidan Alan Albert Alessandro Alex Alexander Alexandra Alexis Alfred
    Alice Alison Amanda Amy Andre Andrea Andreas Andrew André Andy Angela Angelika
    Ann Anna Anne Annegret Annette Anthony Antonio Armin Arnold Arthur Astrid Axel
    Barack Barbara Bastian Beate Ben Benedikt Benjamin Bernd Bernhard Bernie Bettina
    Bill Birgit Björn Bob Boris Brian Brigitte Bruce Carl Carlos Carol Caroline
    Catherine Charles Charlotte Chris Christa Christian Christiane Christina
    Christine Christoph Christopher Claudia Claus Colin Craig Cristiano Daniel
    Daniela Dave David Dennis Detlef Diana Diane Didier Dieter Dietmar Dirk Donald
    Doris Dorothea Dylan Eberhard Ed Edward Elisabeth Elizabeth Elke Emily Emma
    Emmanuel Eric Erich Erik Ernst Eva Fabian Felix Ferdinand Florian Frank Franz
    François Frauke Fred Friedrich Fritz Gabriele Gareth Gary Georg George Gerald
    Gerd Gerhard Gisela Gordon Graham Greg Gregor Günter Günther Hans Harald Harry
    Hartmut Heather Heidi Heiko Heiner Heinrich Heinz Helen Helga Helmut Hendrik
    Henrik Henry Herbert Hermann Hillary Holger Horst Howard Hubert Hugo Ian Ingo
    Ingrid Irene Isabel Jack Jacob Jakob James Jamie Jan Jane Janet Jason Jean Jeff
    Jeffrey Jennifer Jens Jeremy Jessica Jim Joachim Joe Johann Johanna Johannes
    John Johnny Jonas Jonathan Josef Joseph Joshua José Juan Judith Julia Julian
    Juliane Justin Jörg Jürgen Kai Karen Karin Karl Karsten Kate Katharina Katherine
    Kathrin Katja Katrin Keith Kelly Kenneth Kerstin Kevin Kim Klaus Konrad Kurt
    Larry Lars Laura Lauren Lena Leo Leon Leonard Linda Lisa Lothar Louis Louise
    Luca Lucas Ludwig Luis Luise Luka Lukas Luke Lutz Maik Malcolm Manfred Manuel
    Manuela Marc Marcel Marco Marcus Margaret Margarete Maria Marie Mario Marion
    Mark Markus Marlene Marta Martha Martin Martina Mary Mathias Matt Matthew
    Matthias Maurice Max Maximilian Melanie Melissa Michael Michaela Michel Michelle
    Miguel Mike Mohammed Monika Moritz Nancy Natalie Neil Nicholas Nick Nicola
    Nicolas Nicole Niels Nigel Niklas Nils Nina Nora Norbert Olaf Oliver Oskar Otto
    Pamela Patricia Patrick Paul Paula Pedro Peer Peter Petra Phil Philip Philipp
    Phillip Pierre Rachel Rainer Ralf Ralph Rebecca Regina Reiner Reinhard Renate
    Ricardo Richard Rick Robert Roberto Robin Rodrigo Roger Roland Rolf Roman Ron
    Ronald Rosa Roy Rudolf Rupert Russell Ruth Ryan Sabine Sally Sam Samantha Samuel
    Sandra Sara Sarah Sascha Scott Sean Sebastian Serena Sergej Sibylle Siegfried
    Sigmar Silke Silvia Simon Simone Sofia Sonja Sophia Sophie Stefan Stefanie
    Steffen Stephan Stephanie Stephen Steve Steven Stuart Susan Susanne Sven Sylvia
    Tanja Ted Teresa Theresa Thomas Thorsten Tim Timo Timothy Tina Tobias Todd Tom
    Tony Torsten Ulf Uli Ulrich Ulrike Ursula Ute Uwe Vera Veronika Victor Victoria
    Viktor Vincent Vitali Volker Walter Wayne Werner Wilhelm Will Willi William
    Willy Winfried Wladimir Wolfgang Yvonne Zoe
    """.split()
)
