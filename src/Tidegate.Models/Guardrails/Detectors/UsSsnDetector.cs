using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Social security numbers of the United States: three, two and four digits with hyphens or spaces; areas, groups and serials that were never given out are none.</summary>
internal sealed class UsSsnDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("012345678");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[-1] is '-' or '.') return Found.Nothing;
        var separator = text[3];
        if (separator is not ('-' or ' ') || text[6] != separator) return Found.Nothing;
        for (var i = 0; i < 11; i++)
            if (i is not (3 or 6) && !text.IsDigit(i)) return Found.Nothing;
        if (text.IsWord(11) || text[11] == '-') return Found.Nothing;
        var area = text.Span(0, 3);
        if (area is "000" or "666" || text.Span(4, 2) is "00" || text.Span(7, 4) is "0000") return Found.Nothing;
        return Found.Of(11);
    }
}
