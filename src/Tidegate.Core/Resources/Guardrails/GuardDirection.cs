namespace Tidegate.Core.Resources.Guardrails;

/// <summary>Which way is looked at.</summary>
public enum GuardDirection
{
    /// <summary>Requests and answers.</summary>
    Both,

    /// <summary>Requests only.</summary>
    Request,

    /// <summary>Answers only.</summary>
    Answer,
}
