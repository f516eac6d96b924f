using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Payment card numbers: 13 to 19 digits beginning with 2 to 6, in groups or not, whose last digit is right (Luhn).</summary>
internal sealed class CardDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("23456");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1)) return Found.Nothing;
        var run = new DigitRun(ref text, 20, " -");
        for (var count = Math.Min(run.Count, 19); count >= 13; count--)
        {
            // An expiry date may follow: every end of a group is a candidate.
            var ended = count == run.Count ? !run.IsCut : run.EndOf(count + 1) > run.EndOf(count) + 1;
            if (ended && IsLuhn(run.Digits(count))) return Found.Of(run.EndOf(count));
        }

        return Found.Nothing;
    }

    /// <summary>The check digit is right.</summary>
    public static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 1) digit = digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
