using System.Buffers;

namespace Tidegate.Models.Guardrails;

/// <summary>Finds one kind of thing in texts. Knows nothing of streams: it looks at a place and says whether something begins there.</summary>
internal abstract class Detector
{
    /// <summary>Characters a finding can begin with; null: any.</summary>
    protected virtual SearchValues<char>? Starts => null;

    /// <summary>The next place at or after <paramref name="from"/> that is worth a look; the length of the text when there is none in it.</summary>
    public virtual int Next(ReadOnlySpan<char> text, int from, bool isLast)
    {
        if (Starts is null) return from;
        var next = text[from..].IndexOfAny(Starts);
        return next < 0 ? text.Length : from + next;
    }

    /// <summary>What begins at the place of the view.</summary>
    public abstract Found Match(ref TextView text);
}
