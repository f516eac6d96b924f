namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>What an outside guard has decided.</summary>
internal enum WebhookDecision
{
    /// <summary>The texts pass.</summary>
    Allow,

    /// <summary>They do not.</summary>
    Block,

    /// <summary>They pass with other texts in the places of some.</summary>
    Replace,

    /// <summary>It did not answer in time, or not as it should.</summary>
    Failed,
}
