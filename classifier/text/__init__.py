"""From raw text to paragraphs, sentences and quotations, with exact offsets."""
