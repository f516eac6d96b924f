namespace Tidegate.Models.Chat;

/// <summary>Who speaks.</summary>
public enum MessageRole
{
    /// <summary>Standing instructions.</summary>
    System,

    /// <summary>Standing instructions of the application (OpenAI's newer word); targets without it take them as <see cref="System"/>.</summary>
    Developer,

    /// <summary>The person.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>Results of tools the model called.</summary>
    Tool,
}
