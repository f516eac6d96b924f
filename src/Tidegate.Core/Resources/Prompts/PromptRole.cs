namespace Tidegate.Core.Resources.Prompts;

/// <summary>Who says a message of a prompt.</summary>
public enum PromptRole
{
    /// <summary>The one who asks.</summary>
    User,

    /// <summary>The application: how the model is to behave.</summary>
    System,

    /// <summary>The model, in examples of what it said before.</summary>
    Assistant,
}
