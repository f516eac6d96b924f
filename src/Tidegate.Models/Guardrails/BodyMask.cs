using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Guardrails.Detectors;

namespace Tidegate.Models.Guardrails;

/// <summary>
/// What of a body may be written down: keys and secrets are masked wherever they stand, and values that guardrails had tokenised are their placeholders again. The text may
/// be JSON, whole or cut off, or anything.
/// </summary>
internal sealed class BodyMask
{
    // Longest finding: a private key in PEM must be seen to its end.
    private const int MostFinding = 64 << 10;

    private static readonly GuardLook[] Secrets =
        [.. DetectorList.Make(new DetectConfig { Type = DetectType.Secret }).Select(d => new GuardLook(d, new GuardRule("", "secret", GuardAction.Mask, "[secret]")))];

    private readonly GuardLook[] _looks;
    private readonly PlaceholderList _placeholders;

    /// <summary>For the bodies of a call; null for calls without placeholders.</summary>
    public BodyMask(PlaceholderList? placeholders)
    {
        _placeholders = placeholders ?? new PlaceholderList(default);
        _looks = _placeholders.Any ? [new GuardLook(new ValueDetector(_placeholders), GuardRule.Hide), .. Secrets] : Secrets;
    }

    /// <summary>The text without them. Looked at twice: as the strings that stand in it, without their escapes, and as it is written, where a name in front tells what follows.</summary>
    public string Of(string text)
    {
        var findings = new GuardFindings(_placeholders);
        return new TextGuard(_looks, findings, MostFinding).Whole(new ArgumentsGuard(_looks, findings, MostFinding).Whole(text));
    }
}
