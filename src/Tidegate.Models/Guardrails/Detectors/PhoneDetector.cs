using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>
/// Phone numbers that look like some: international with <c>+</c> or <c>00</c>, national with a leading 0 and separators, North American in its groups of three, three
/// and four. A row of digits alone is none: it may be anything.
/// </summary>
internal sealed class PhoneDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("+(0123456789");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[-1] is '+' or '.' or '-' or '_' or '#') return Found.Nothing;
        var plus = text[0] == '+';
        if (!plus && text[0] != '0' && text[0] != '(' && text[0] is not (>= '1' and <= '9')) return Found.Nothing;
        Span<char> digits = stackalloc char[16];
        int count = 0, end = 0, at = plus ? 1 : 0, separators = 0;
        Span<int> groups = stackalloc int[16]; // digits of each group
        while (count < 16)
        {
            if (text.IsDigit(at))
            {
                groups[Math.Min(separators, 15)]++;
                digits[count++] = (char)text[at];
                end = ++at;
                continue;
            }

            // Up to two of these between digits, as in "(0)30/123" or ") 555".
            var gap = 0;
            while (gap < 3 && text[at + gap] is ' ' or '-' or '.' or '/' or '(' or ')' or '\u00a0') gap++;
            if (gap is 0 or > 2 || !text.IsDigit(at + gap)) break;
            at += gap;
            if (count > 0) separators++;
        }

        if (count > 15 || text.IsWord(end)) return Found.Nothing;
        var number = digits[..count];
        var ok = plus ? count >= 7 && number[0] != '0'
            : number.StartsWith("00") ? count >= 9 && number[2] != '0'
            : number.StartsWith("0") ? count is >= 8 and <= 13 && separators > 0 && number[1] != '0' && groups[0] >= 2 && !IsDate(number, groups, separators)
            : IsNorthAmerican(number, groups, separators);
        return ok ? Found.Of(end) : Found.Nothing;
    }

    // 01.02.2026, 05-11-2026
    private static bool IsDate(ReadOnlySpan<char> number, ReadOnlySpan<int> groups, int separators) => number.Length == 8 && separators == 2 && groups[0] == 2 && groups[1] == 2;

    // (212) 555-0100, 212-555-0100, 1 212 555 0100
    private static bool IsNorthAmerican(ReadOnlySpan<char> number, ReadOnlySpan<int> groups, int separators)
    {
        var first = number.Length == 11 && number[0] == '1' && groups[0] == 1 ? 1 : 0;
        if (number.Length - first != 10 || separators - first != 2 || groups[first] != 3 || groups[first + 1] != 3) return false;
        return number[first] >= '2' && number[first + 3] >= '2';
    }
}
