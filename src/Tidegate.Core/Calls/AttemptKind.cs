namespace Tidegate.Core.Calls;

/// <summary>Why an attempt was made.</summary>
public enum AttemptKind : byte
{
    /// <summary>The first one.</summary>
    First,
    /// <summary>After a failed one.</summary>
    Retry,
    /// <summary>Beside a slow one.</summary>
    Hedge,
    /// <summary>To the fallback service.</summary>
    Fallback,
}
