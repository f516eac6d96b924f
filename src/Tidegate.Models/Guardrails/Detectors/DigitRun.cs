using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Digits in groups, as people write long numbers: one space, dot or hyphen between them.</summary>
internal struct DigitRun
{
    private const int Most = 24;

    private DigitRow _digits;
    private EndRow _ends;

    /// <summary>Reads up to <paramref name="most"/> digits from the place of the view on.</summary>
    public DigitRun(ref TextView text, int most, ReadOnlySpan<char> separators)
    {
        var at = 0;
        while (Count < most)
        {
            if (!text.IsDigit(at))
            {
                if (Count == 0 || text[at] is not (>= 0 and var c) || !separators.Contains((char)c) || !text.IsDigit(at + 1)) break;
                at++;
            }

            _digits[Count] = (char)text[at++];
            _ends[Count++] = at;
        }

        IsCut = text.IsWord(at);
    }

    /// <summary>Digits read.</summary>
    public int Count { get; private set; }

    /// <summary>The number goes on, or a word begins without a gap.</summary>
    public bool IsCut { get; }

    /// <summary>The first digits.</summary>
    [UnscopedRef]
    public ReadOnlySpan<char> Digits(int count) => _digits[..count];

    /// <summary>Where the n-th digit ends, from the place of the view.</summary>
    public int EndOf(int count) => _ends[count - 1];

    [InlineArray(Most)]
    private struct DigitRow
    {
        private char _first;
    }

    [InlineArray(Most)]
    private struct EndRow
    {
        private int _first;
    }
}
