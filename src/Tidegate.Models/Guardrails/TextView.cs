namespace Tidegate.Models.Guardrails;

/// <summary>
/// What a detector sees of a text: characters by their distance from the place it is asked about. Who looks past the end of a stream that goes on is told so here, and
/// its answer does not count until more has come. That is why an answer never depends on how a stream was cut.
/// </summary>
internal ref struct TextView(ReadOnlySpan<char> text, int at, bool isLast, int mostAhead)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>No character: before the beginning, past the end, or further than may be looked.</summary>
    public const int None = -1;

    /// <summary>More must come before the answer counts.</summary>
    public bool RanOut { get; private set; }

    /// <summary>The character at a distance; -1 is the one before.</summary>
    public int this[int offset]
    {
        get
        {
            var index = at + offset;
            if (index < 0 || offset >= mostAhead) return None;
            if (index < _text.Length) return _text[index];
            RanOut |= !isLast;
            return None;
        }
    }

    /// <summary>Some characters as a span: those up to <paramref name="length"/> that are there.</summary>
    public readonly ReadOnlySpan<char> Span(int offset, int length) => _text.Slice(at + offset, length);

    /// <summary>From the character before up to <paramref name="length"/> further ones; <paramref name="start"/> is the index of the place asked about.</summary>
    public ReadOnlySpan<char> Window(int length, out int start)
    {
        start = at > 0 ? 1 : 0;
        RanOut |= !isLast && at + length > _text.Length;
        return _text.Slice(at - start, Math.Min(start + length, _text.Length - at + start));
    }

    /// <summary>A letter or digit of any script.</summary>
    public bool IsWord(int offset) => this[offset] is >= 0 and var c && char.IsLetterOrDigit((char)c);

    /// <summary>A digit 0 to 9.</summary>
    public bool IsDigit(int offset) => this[offset] is >= '0' and <= '9';

    /// <summary>The text that follows, in any case.</summary>
    public bool Follows(int offset, ReadOnlySpan<char> words)
    {
        for (var i = 0; i < words.Length; i++)
            if (this[offset + i] is not (>= 0 and var c) || char.ToUpperInvariant((char)c) != char.ToUpperInvariant(words[i])) return false;
        return true;
    }
}
