namespace Tidegate.Models.Formats;

/// <summary>
/// Marks signatures and encrypted thoughts with the vendor they are of. A signature means something to the vendor that made it and makes any other refuse the whole
/// request; a caller that repeats a conversation cannot know whose they are once its calls have gone to several vendors. In neutral words every signature carries its
/// vendor's mark: readers add it (<see cref="Mark"/>), writers of requests take only their own (<see cref="Own"/>), faces show the mark of others only (<see cref="Show"/>).
/// A mark is four characters of base64, so that a marked signature is base64 where it was.
/// </summary>
internal static class SignatureOrigin
{
    /// <summary>Anthropic, in all places that serve its models.</summary>
    public const string Anthropic = "tgAn";

    /// <summary>Google.</summary>
    public const string Gemini = "tgGe";

    /// <summary>OpenAI.</summary>
    public const string OpenAi = "tgOp";

    private static readonly string[] All = [Anthropic, Gemini, OpenAi];

    /// <summary>The signature in neutral words: unmarked ones are of <paramref name="vendor"/>.</summary>
    public static string? Mark(string? signature, string vendor) =>
        string.IsNullOrEmpty(signature) ? null : Array.Exists(All, v => signature.StartsWith(v, StringComparison.Ordinal)) ? signature : vendor + signature;

    /// <summary>The signature as <paramref name="vendor"/> made it; null when another did.</summary>
    public static string? Own(string? signature, string vendor) =>
        signature is not null && signature.StartsWith(vendor, StringComparison.Ordinal) ? signature[vendor.Length..] : null;

    /// <summary>The signature for a caller that speaks <paramref name="vendor"/>'s format.</summary>
    public static string? Show(string? signature, string vendor) => Own(signature, vendor) ?? signature;
}
