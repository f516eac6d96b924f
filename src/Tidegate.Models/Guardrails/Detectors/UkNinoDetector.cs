using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>National insurance numbers of the United Kingdom: two letters of those that are given out, six digits, A to D; in pairs or without spaces.</summary>
internal sealed class UkNinoDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("ABCEGHJKLMNOPRSTWXYZ");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[1] is not (>= 'A' and <= 'Z') || "DFIOQUV".Contains((char)text[1], StringComparison.Ordinal)) return Found.Nothing;
        if (text.Span(0, 2) is "BG" or "GB" or "NK" or "KN" or "TN" or "NT" or "ZZ") return Found.Nothing;
        var at = 2;
        for (var count = 0; count < 6; count++, at++)
        {
            if (count % 2 == 0 && text[at] == ' ') at++;
            if (!text.IsDigit(at)) return Found.Nothing;
        }

        if (text[at] == ' ') at++;
        return text[at] is >= 'A' and <= 'D' && !text.IsWord(at + 1) ? Found.Of(at + 1) : Found.Nothing;
    }
}
