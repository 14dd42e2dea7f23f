// Words as they are searched: lower case, without accents. The server folds the same way (inbox/words.py).

export const folded = (text) => text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

export const wordsOf = (text) => folded(text).split(/\s+/).filter(Boolean);
