"""English words for the segmenter."""

from satzpaar.translate.segmentation.language import (
    Language,
    abbreviation_list,
    word_list,
)

# English capitalises few nouns but all names, so that words which are neither
# are better evidence of a beginning than in German.
_STARTERS = word_list("""
    The A An This That These Those There Here I You He She It We They My Your His Her
    Its Our Their Mine One Some Many Most Much More Few Several All Both Each Every
    Either Neither No None Nobody Everyone Everybody Someone Something Nothing
    Everything Another Other Others Such What Who Whom Whose Which When Where Why How
    Whether If Unless Until While Whereas Although Though Because Since As Than And But
    Or Nor So Yet For In On At By From To With Without Within Of Off Over Under Above
    Below After Before During Between Among Against Across Along Around Behind Beside
    Besides Beyond Despite Except Inside Into Like Near Onto Outside Past Per Through
    Throughout Toward Towards Up Upon Via According Also Again Already Always Almost
    Altogether Anyway Apparently Back Certainly Clearly Currently Earlier Ever Even
    Eventually Finally First Further Furthermore Generally Hence However Increasingly
    Indeed Instead Just Last Lastly Late Later Likewise Maybe Meanwhile Moreover Never
    Nevertheless Next Nonetheless Not Now Obviously Often Once Only Otherwise Overall
    Perhaps Please Possibly Previously Probably Quite Rather Really Recently Second
    Secondly Similarly Simply Sometimes Soon Still Suddenly Surely Then Therefore Third
    Thus Today Together Tomorrow Too Typically Ultimately Unfortunately Usually Very
    Well Yesterday Is Are Was Were Am Be Been Do Does Did Has Have Had Can Could Will
    Would Shall Should May Might Must Let Yes Two Three Four Five Hundreds Thousands
    Millions People Critics Officials Police Nearly About
""")

_BOUND = abbreviation_list("""
    Mr. Mrs. Ms. Mx. Dr. Prof. Rev. Hon. St. Ste. Mt. Ft. Gen. Col. Maj. Capt. Cmdr. Lt.
    Sgt. Cpl. Pvt. Adm. Brig. Sen. Rep. Reps. Sens. Gov. Pres. Supt. Insp. Msgr. Messrs.
    Mme. Fr. Sr.M. e.g. i.e. cf. viz. vs. v. ca. approx. esp. incl. resp. aka. a.k.a.
    c.f.
""")

_FREE = abbreviation_list("""
    U.S. U.S.A. U.K. U.N. E.U. U.A.E. U.S.S.R. D.C. L.A. N.Y. N.J. a.m. p.m. A.M. P.M.
    Inc. Corp. Ltd. Co. Cos. LLC. L.L.C. Bros. plc. Jr. Sr. Esq. Ph.D. M.D. B.A. M.A.
    B.Sc. M.Sc. M.B.A. J.D. D.D.S. R.N. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept.
    Oct. Nov. Dec. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Ave. Blvd. Rd. Hwy. Rte.
    Sq. Dept. Univ. Assn. Assoc. Inst. Natl. Intl. Est. est. dept. Ala. Ariz. Ark.
    Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Md. Mich. Minn. Miss.
    Mont. Neb. Nev. Okla. Ore. Pa. Tenn. Tex. Va. Vt. Wash. Wis. Wyo. B.C. A.D. B.C.E.
    C.E. R.I.P. ft. lb. lbs. oz. hrs. hr. mins. min. sec. m.p.h. mph. R.E.M. al. p. pp.
    ed. eds. trans. vol. no. nos. Nos. Vol. Vols. Fig. Figs. Eq. Sec. Ch. App. Op.
""") - {"Min", "Trans", "P", "Pp", "Ed", "No", "Al", "Mar", "Hr"}

_CLOSING = abbreviation_list("etc. et.al. ibid.")

ENGLISH = Language(
    starters=_STARTERS,
    bound=_BOUND,
    free=_FREE - {"no", "No"},
    closing=_CLOSING,
    before_number=word_list("No no Art art fig Fig Mar Sun Sat page Page P p"),
    numbered=word_list(
        "Act Appendix Group Hepatitis Part Phase Plan Stage Type Vitamin"
    ),
    places=word_list("""
        Athens Baghdad Beijing Beirut Berlin Brussels Cairo Delhi Geneva Jerusalem Kabul
        Kyiv Lagos London Madrid Moscow Nairobi Paris Rome Seoul Stockholm Sydney Tehran
        Tokyo Vienna Warsaw Washington
    """),
    exclaiming=word_list("Yahoo Jeopardy Wham"),
)
