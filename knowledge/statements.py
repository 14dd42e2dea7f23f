"""The search itself, as SQL.

Candidates come from two sides: rows that have the question's rarest words (GIN), ranked by BM25, and rows
nearest in meaning. All candidates then get both scores, and the sum is fixed: what one question's other
candidates look like changes nothing. Where articles have questions of their own there is a third side, the
articles with the nearest ones, and the likeness to those moves an article up or down without changing its
score. A document that exists in the customer's language stands in for its translations. Rows of what is not
published are gone; that a document is published, and for whom, is asked once more of the few that are
returned.
"""

from collections.abc import Sequence

FREQUENCIES = """
SELECT term, sum(chunks)::int FROM knowledge_termcount
WHERE term = ANY(%(terms)s) AND (%(sources)s::bigint[] IS NULL OR source_id = ANY(%(sources)s))
GROUP BY term
UNION ALL
SELECT 0, coalesce(sum(passages), 0)::int FROM knowledge_source
WHERE %(sources)s::bigint[] IS NULL OR id = ANY(%(sources)s)
"""

# Rows of other audiences are few, and found by their index; testing each row's would read the whole table.
_CANDIDATES = """
WITH {asked}by_words AS MATERIALIZED (
    SELECT chunk_id FROM knowledge_searchrow
    WHERE terms && %(rarest)s::int[] AND audience <> ALL(%(hidden)s)
      AND (%(sources)s::bigint[] IS NULL OR source_id = ANY(%(sources)s))
    ORDER BY weights <#> %(words)s::sparsevec, chunk_id LIMIT %(pool)s
), by_meaning AS MATERIALIZED (
    {nearest}
), found AS (
    SELECT chunk_id, document_id, language
    FROM (SELECT chunk_id FROM by_words UNION SELECT chunk_id FROM by_meaning{by_questions}) AS all_sides
    JOIN knowledge_searchrow USING (chunk_id)
)"""

# The articles of the nearest questions.
_ASKED = """asked AS MATERIALIZED (
    SELECT document_id FROM ({sides}) AS nearest
    GROUP BY document_id ORDER BY min(distance), document_id LIMIT %(articles)s
), """

_BY_QUESTIONS = """
          UNION SELECT r.chunk_id FROM knowledge_searchrow AS r JOIN asked USING (document_id)
          WHERE r.audience <> ALL(%(hidden)s)"""

_VISIBLE = """NOT EXISTS (SELECT FROM knowledge_searchrow AS r
                      WHERE r.audience = ANY(%(hidden)s) AND r.chunk_id = v.chunk_id)"""

# Sources without an index are named where any has one: else the vectors of those that do would be read, too.
_EXACTLY = """SELECT chunk_id, vector <#> %(meaning)s::halfvec AS distance FROM knowledge_chunkvector AS v
    WHERE space_id = %(space)s AND %(meaning)s::text IS NOT NULL
      AND (%(compared_in)s::bigint[] IS NULL OR source_id = ANY(%(compared_in)s)) AND {visible}
    ORDER BY distance LIMIT %(pool)s"""

# Space, source and dimensions stand here as numbers: PostgreSQL takes the index only of what it can compare.
_BY_INDEX = """SELECT chunk_id,
           vector::halfvec({dimensions}) <#> %(meaning)s::halfvec({dimensions}) AS distance
    FROM knowledge_chunkvector AS v
    WHERE space_id = {space} AND source_id = {source} AND {visible}
    ORDER BY distance LIMIT %(pool)s"""

_READABLE = """NOT EXISTS (SELECT FROM knowledge_searchrow AS r
                      WHERE r.audience = ANY(%(hidden)s) AND r.document_id = v.document_id)"""

_ASKED_EXACTLY = """SELECT document_id, vector <#> %(meaning)s::halfvec AS distance
    FROM knowledge_questionvector AS v
    WHERE space_id = %(space)s AND (%(asked_in)s::bigint[] IS NULL OR source_id = ANY(%(asked_in)s))
      AND {readable}
    ORDER BY distance LIMIT %(asked)s"""

_ASKED_BY_INDEX = """SELECT document_id,
           vector::halfvec({dimensions}) <#> %(meaning)s::halfvec({dimensions}) AS distance
    FROM knowledge_questionvector AS v
    WHERE space_id = {space} AND source_id = {source} AND {readable}
    ORDER BY distance LIMIT %(asked)s"""

_NEAREST = "SELECT chunk_id FROM ({sides}) AS nearest ORDER BY distance LIMIT %(pool)s"

_TRANSLATIONS = """, stand_in AS (
    SELECT original.id AS original_id, translation.id AS translation_id
    FROM (SELECT DISTINCT document_id FROM found WHERE language <> %(language)s) AS foreign_document
    JOIN knowledge_document AS original ON original.id = foreign_document.document_id
    JOIN knowledge_document AS translation
      ON translation.source_id = original.source_id AND translation.external_id = original.external_id
     AND translation.language = %(language)s AND original.external_id <> ''
     AND translation.status = 'published'
    WHERE EXISTS (SELECT FROM knowledge_searchrow AS r
                  WHERE r.document_id = translation.id AND r.audience <> ALL(%(hidden)s))
), eligible AS (
    SELECT chunk_id FROM found WHERE document_id NOT IN (SELECT original_id FROM stand_in)
    UNION
    SELECT r.chunk_id FROM knowledge_searchrow AS r JOIN stand_in ON r.document_id = translation_id
    WHERE r.audience <> ALL(%(hidden)s)
)"""

# A passage whose vector has not arrived yet counts as meaning as much as the last candidate that has one,
# and its words count for more.
_SCORES = """, sides AS (
    SELECT r.chunk_id, r.document_id, -(v.vector <#> %(meaning)s::halfvec) AS meaning,
           -(r.weights <#> %(words)s::sparsevec) AS words
    FROM eligible JOIN knowledge_searchrow AS r USING (chunk_id)
    LEFT JOIN knowledge_chunkvector AS v ON v.chunk_id = r.chunk_id AND v.space_id = %(space)s
), scored AS (
    SELECT chunk_id, document_id, meaning, words, CASE
        WHEN meaning IS NULL
        THEN coalesce((SELECT min(meaning) FROM sides), 0) + %(words_alone)s * words
        ELSE meaning + %(words_share)s * words END AS score
    FROM sides
)"""

# What its article's questions add to a passage's place: half of what they are nearer than the passage itself.
# Of the best scores, too, some are returned wherever they stand, for whoever judges.
_PLACES = """, of_questions AS (
    SELECT DISTINCT ON (document_id) document_id, question_hash,
           -(vector <#> %(meaning)s::halfvec) AS likeness
    FROM knowledge_questionvector
    WHERE space_id = %(space)s AND document_id IN (SELECT document_id FROM sides)
    ORDER BY document_id, vector <#> %(meaning)s::halfvec
), placed AS (
    SELECT *, row_number() OVER (ORDER BY score + gain DESC, chunk_id) AS place,
           row_number() OVER (ORDER BY score DESC, chunk_id) AS nearness
    FROM (SELECT scored.*, question_hash, coalesce(%(questions_share)s * (
              likeness - coalesce(meaning, (SELECT min(meaning) FROM sides), 0)), 0) AS gain
          FROM scored LEFT JOIN of_questions USING (document_id)) AS moved
), chosen AS (
    SELECT * FROM placed WHERE place <= %(limit)s OR nearness <= %(compared)s
)"""

# Which of them it was: a vector knows only the hash of its question, whose words stand with the article.
_GAIN = """s.gain, CASE WHEN s.gain > 0 THEN (
           SELECT question FROM unnest(d.questions || coalesce(
               (SELECT w.questions FROM knowledge_writtenquestions AS w WHERE w.document_id = d.id), '{}')
           ) AS question
           WHERE encode(sha256(convert_to(question, 'UTF8')), 'hex') = s.question_hash LIMIT 1) END"""

_TEXTS = """
SELECT s.chunk_id, c.document_id, c.revision_id, d.source_id, d.external_id, d.language, d.url,
       revision.title, c.heading_path, c.anchor, c.text, s.score, s.meaning, s.words, {gain}, c.ordinal
FROM {rows} AS s
JOIN knowledge_chunk AS c ON c.id = s.chunk_id
JOIN knowledge_document AS d ON d.id = c.document_id
 AND d.status = 'published' AND d.audience <> ALL(%(hidden)s)
JOIN knowledge_revision AS revision ON revision.id = c.revision_id
ORDER BY {order}
"""

# The best score, the best of words alone, and both scores of each, without reading a text: for many questions
# in a row.
_BEST = """
SELECT coalesce(max(meaning + %(words_share)s * words), 0), coalesce(max(words), 0),
       coalesce(array_agg(meaning) FILTER (WHERE meaning IS NOT NULL), '{}'),
       coalesce(array_agg(words) FILTER (WHERE meaning IS NOT NULL), '{}')
FROM (
    SELECT -(v.vector <#> %(meaning)s::halfvec) AS meaning, -(r.weights <#> %(words)s::sparsevec) AS words
    FROM found JOIN knowledge_searchrow AS r USING (chunk_id)
    LEFT JOIN knowledge_chunkvector AS v ON v.chunk_id = r.chunk_id AND v.space_id = %(space)s
) AS sides
"""


def nearest(space: int, dimensions: int, near: Sequence[int]) -> str:
    """The nearest vectors of all sources that are searched: those in `near` by their index, the others by
    comparing each."""
    one_by_one = _EXACTLY.format(visible=_VISIBLE)
    by_index = [
        _BY_INDEX.format(dimensions=dimensions, space=space, source=source, visible=_VISIBLE)
        for source in near
    ]
    return _NEAREST.format(sides=" UNION ALL ".join(f"({side})" for side in [one_by_one, *by_index]))


EXACTLY = nearest(0, 0, ())


def nearest_asked(space: int, dimensions: int, near: Sequence[int]) -> str:
    """The same of the questions that articles answer: the articles of the nearest."""
    one_by_one = _ASKED_EXACTLY.format(readable=_READABLE)
    by_index = [
        _ASKED_BY_INDEX.format(dimensions=dimensions, space=space, source=source, readable=_READABLE)
        for source in near
    ]
    return _ASKED.format(sides=" UNION ALL ".join(f"({side})" for side in [one_by_one, *by_index]))


def search_statement(by_meaning: str = EXACTLY, by_questions: str = "") -> str:
    """Takes what `nearest` returns, and where articles have questions what `nearest_asked` does."""
    found = _CANDIDATES.format(
        nearest=by_meaning, asked=by_questions, by_questions=_BY_QUESTIONS if by_questions else ""
    )
    if by_questions:
        texts = _TEXTS.format(gain=_GAIN, rows="chosen", order="s.place")
        return found + _TRANSLATIONS + _SCORES + _PLACES + texts
    texts = _TEXTS.format(
        gain="0::float8, NULL", rows="scored", order="s.score DESC, s.chunk_id LIMIT %(limit)s"
    )
    return found + _TRANSLATIONS + _SCORES + texts


def best_statement(by_meaning: str = EXACTLY) -> str:
    return _CANDIDATES.format(nearest=by_meaning, asked="", by_questions="") + _BEST
