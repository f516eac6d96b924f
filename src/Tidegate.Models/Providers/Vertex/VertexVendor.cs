using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.VertexEmbed;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Models.Providers.Vertex;

/// <summary>
/// Vertex AI: project, region and model in the path; Google's models in their own format, Anthropic's in theirs, those of other publishers (<c>meta/...</c>) in OpenAI's.
/// A service account's JSON is exchanged for tokens; an API key (express mode) and a ready token go as they are.
/// </summary>
public sealed class VertexVendor : Vendor
{
    private static readonly GeminiFormat Google = new(new GeminiOptions { PlainCount = true });
    private static readonly VertexEmbedFormat Vectors = new();
    private static readonly AnthropicMessagesFormat Claude = new(new AnthropicOptions { Place = AnthropicPlace.Vertex });
    private static readonly OpenAiChatFormat Others = new(OpenAiFamily.LookAlike);

    /// <inheritdoc/>
    public override string Name => "vertex";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [Google, Claude, Others];

    /// <inheritdoc/>
    public override string? AddressIn(string? region) => region switch
    {
        null or "" => null,
        "global" => "https://aiplatform.googleapis.com",
        "us" or "eu" => $"https://aiplatform.{region}.rep.googleapis.com",
        _ => $"https://{region}-aiplatform.googleapis.com",
    };

    /// <inheritdoc/>
    public override ITargetFormat FormatFor(string face, string model) => Split(model).Publisher switch
    {
        "google" => Google,
        "anthropic" => Claude,
        _ => Others,
    };

    /// <inheritdoc/>
    public override bool ModelInPath(string format) => format != Others.Name;

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Split(model).Publisher == "google" ? Vectors : null;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account)
    {
        var at = $"/{account.ApiVersion ?? "v1"}/projects/{Uri.EscapeDataString(account.Project ?? "")}/locations/{Uri.EscapeDataString(account.Region ?? "global")}";
        var (publisher, name) = Split(model);
        var models = $"{at}/publishers/{Uri.EscapeDataString(publisher)}/models/";
        return (publisher, operation) switch
        {
            ("google", ModelOperation.Chat) => $"{models}{Uri.EscapeDataString(name)}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}",
            ("google", ModelOperation.Embeddings) when format == VertexEmbedFormat.Word => $"{models}{Uri.EscapeDataString(name)}:predict",
            ("google", ModelOperation.CountTokens) when format == "gemini" => $"{models}{Uri.EscapeDataString(name)}:countTokens",
            // "@" before the date of a version is part of the name and stays as it is.
            ("anthropic", ModelOperation.Chat) => $"{models}{Uri.EscapeDataString(name).Replace("%40", "@", StringComparison.Ordinal)}:{(stream ? "streamRawPredict" : "rawPredict")}",
            ("anthropic", ModelOperation.CountTokens) when format.StartsWith("anthropic_messages", StringComparison.Ordinal) => models + "count-tokens:rawPredict",
            (not ("google" or "anthropic"), ModelOperation.Chat) => at + "/endpoints/openapi/chat/completions",
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override ITokenExchange? Exchange(string secret, out string? problem)
    {
        problem = null;
        if (!secret.StartsWith('{')) return null;
        return ServiceAccount.Parse(secret, out problem) is { } account ? new ServiceAccountExchange(account) : null;
    }

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.StartsWith("AIza", StringComparison.Ordinal)) request.Headers.TryAddWithoutValidation("x-goog-api-key", secret);
        else if (secret.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
    }

    // "publisher/model"; names without a publisher tell it themselves.
    private static (string Publisher, string Name) Split(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0) return (model[..slash], model[(slash + 1)..]);
        return (model.StartsWith("claude", StringComparison.Ordinal) ? "anthropic" : "google", model);
    }
}
