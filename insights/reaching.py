"""When what was edited reached customers: at once, or with the first release that was served to all after it.

Objective, models and guidance of an assistant, and flows, wait for a release while customers get one. What
concerns all assistants has reached customers when it is served by the first of them that is in use. A trial
does not count: it reaches a few.
"""

from __future__ import annotations

# For an entry of the trail as `entry`: the moment, null while it waits. An article counts at once, and a
# release that is published or rolled back is itself what is served. {concerned}: assistants `a`.
_FIRST = """
SELECT CASE WHEN count(*) = 0 THEN entry.at ELSE min(first.at) END
FROM assistant_assistant a LEFT JOIN LATERAL (
    SELECT entry.at WHERE NOT EXISTS (
        SELECT FROM assistant_serving s
        WHERE s.assistant_id = a.id AND s.release_id IS NOT NULL
            AND s.began_at <= entry.at AND (s.ended_at IS NULL OR s.ended_at > entry.at)
    )
    UNION ALL
    SELECT s.began_at FROM assistant_serving s LEFT JOIN assistant_release r ON r.id = s.release_id
    WHERE s.assistant_id = a.id AND s.began_at > entry.at
        AND (s.release_id IS NULL OR r.created_at >= entry.at)
) first ON TRUE
WHERE {concerned}
"""
_OWN = "a.id::text = entry.key"
_ALL = "a.active"
_OF_A_ROW = """
coalesce(a.id = (SELECT g.assistant_id FROM assistant_guidance g WHERE g.id::text = entry.key), a.active)
"""
REACHED = f"""
CASE
    WHEN entry.app = 'flows' AND entry.action = 'published' THEN ({_FIRST.format(concerned=_ALL)})
    WHEN entry.app = 'assistant' AND entry.kind = 'guidance' THEN ({_FIRST.format(concerned=_OF_A_ROW)})
    WHEN entry.app = 'assistant' AND entry.kind = 'assistant' AND NOT entry.after ? 'release'
        THEN ({_FIRST.format(concerned=_OWN)})
    ELSE entry.at
END
"""
