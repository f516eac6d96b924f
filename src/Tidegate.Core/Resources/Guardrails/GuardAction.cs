namespace Tidegate.Core.Resources.Guardrails;

/// <summary>What is done about something found.</summary>
public enum GuardAction
{
    /// <summary>Its name stands in its place.</summary>
    Mask,

    /// <summary>A placeholder stands in its place (<c>[email_1]</c>, the same for the same value within a call), and the value comes back where the answer repeats the placeholder. In answers: as <see cref="Mask"/>.</summary>
    Tokenise,

    /// <summary>The call is refused; a stream that has begun ends in an error.</summary>
    Block,

    /// <summary>It is only recorded.</summary>
    Flag,
}
