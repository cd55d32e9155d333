"""Many documents are folded as each would be by itself."""

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.many_terms import fold_all, many_terms
from site_plugins.outputs.search.terms import document_terms

TEXTS = st.lists(
    st.text(
        st.one_of(
            st.characters(max_codepoint=0x2FFF),
            st.characters(),
            st.sampled_from("市政协，。（）Ａﾊﾞﾟ㎡℃\u0301\u3099\uffff\ufffe\ue000\0\ud800國"),
        )
    ),
    max_size=6,
)


@given(TEXTS)
def test_folds_every_text_like_one_alone(texts: list[str]) -> None:
    assert fold_all(texts) == list(map(fold, texts))


def test_folds_every_character_of_two_bytes_like_one_alone() -> None:
    for code in range(1 << 16):
        assert fold_all(["议" + chr(code)]) == [fold("议" + chr(code))]


@given(TEXTS, TEXTS, TEXTS)
def test_terms_are_the_same(texts: list[str], headlines: list[str], people: list[str]) -> None:
    document = SearchDocument(
        "/a/", "示例市政协", tuple(headlines), texts=(*texts, "长" * 2400), people=tuple(people)
    )
    assert many_terms(document) == document_terms(document)
