namespace Tidegate.Core.Resources.Guardrails;

/// <summary>What happens to a call whose outside guard did not answer.</summary>
public enum WebhookFailure
{
    /// <summary>It is refused.</summary>
    Block,

    /// <summary>It goes on, as if there were no such guard.</summary>
    Allow,
}
