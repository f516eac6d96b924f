using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Guardrails;

/// <summary>
/// An outside guard: it is sent the texts of a request or an answer by HTTP, and says whether they pass, are refused, or are replaced. While it is asked about answers, streams are
/// shown when they are complete.
/// </summary>
public sealed record WebhookConfig
{
    /// <summary>Name in records and refusals: small letters, digits and <c>_</c>, one of its own in its guardrail. Default <c>webhook</c>.</summary>
    public string Name { get; init; } = "webhook";

    /// <summary>Where it is: http or https. Redirects are not followed.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers sent with every question, for example an authorization.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Signs every question by the scheme of Standard Webhooks (<c>webhook-signature: v1,...</c>, HMAC-SHA256); <c>whsec_</c> and base64, or any text. Null (default): not signed.</summary>
    [Secret]
    public string? Secret { get; init; }

    /// <summary>What it is asked about. Default <c>request</c>.</summary>
    public GuardDirection On { get; init; } = GuardDirection.Request;

    /// <summary>Longest wait for its answer. Default 500 ms.</summary>
    [DurationRange("10ms", "1m")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What happens when it does not answer in time, or not as it should. Default <c>block</c>.</summary>
    public WebhookFailure OnFailure { get; init; } = WebhookFailure.Block;

    /// <summary>It is sent the texts as they came, before anything is masked. Default false: after.</summary>
    public bool Original { get; init; }
}
