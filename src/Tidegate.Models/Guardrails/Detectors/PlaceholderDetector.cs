using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>The placeholders of a call, where an answer repeats them.</summary>
internal sealed class PlaceholderDetector(PlaceholderList placeholders) : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("[");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        var at = 1;
        while (at < PlaceholderList.MostLength && text[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') at++;
        return text[at] == ']' && placeholders.ValueOf(text.Span(0, at + 1).ToString()) is not null ? Found.Of(at + 1) : Found.Nothing;
    }
}
