namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>The answer of an outside guard.</summary>
/// <param name="Decision">What it has decided.</param>
/// <param name="Reason">Why: its own words for <see cref="WebhookDecision.Block"/>, ours for <see cref="WebhookDecision.Failed"/>; empty otherwise.</param>
/// <param name="Segments">Other texts by their index; empty but for <see cref="WebhookDecision.Replace"/>.</param>
internal sealed record WebhookVerdict(WebhookDecision Decision, string Reason, IReadOnlyDictionary<int, string> Segments)
{
    private static readonly Dictionary<int, string> None = [];

    /// <summary>It lets pass.</summary>
    public static WebhookVerdict Allow { get; } = new(WebhookDecision.Allow, "", None);

    /// <summary>It refuses.</summary>
    public static WebhookVerdict Block(string reason) => new(WebhookDecision.Block, reason, None);

    /// <summary>It cannot be taken for an answer.</summary>
    public static WebhookVerdict Failed(string reason) => new(WebhookDecision.Failed, reason, None);
}
