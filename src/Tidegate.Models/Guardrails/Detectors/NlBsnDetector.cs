using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Dutch BSN: nine digits that pass the eleven-test, with or without dots. One in eleven rows of nine digits does so by chance.</summary>
internal sealed class NlBsnDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("0123456789");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[-1] is '.' or '-' or '+') return Found.Nothing;
        var run = new DigitRun(ref text, 10, ".");
        return run.Count == 9 && !run.IsCut && PassesEleven(run.Digits(9)) ? Found.Of(run.EndOf(9)) : Found.Nothing;
    }

    /// <summary>Weights 9 to 2 and -1 give a multiple of eleven.</summary>
    public static bool PassesEleven(ReadOnlySpan<char> digits)
    {
        var sum = -(digits[8] - '0');
        for (var i = 0; i < 8; i++) sum += (9 - i) * (digits[i] - '0');
        return sum % 11 == 0 && digits.IndexOfAnyExcept('0') >= 0;
    }
}
