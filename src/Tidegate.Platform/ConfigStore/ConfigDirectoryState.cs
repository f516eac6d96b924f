namespace Tidegate.Platform.ConfigStore;

/// <summary>How the directory is that this node takes its configuration from.</summary>
/// <param name="path">The directory or file; null when the node has none.</param>
public sealed class ConfigDirectoryState(string? path)
{
    private volatile Rejection? _refused;

    /// <summary>The directory or file; null when the node has none.</summary>
    public string? Path { get; } = path;

    /// <summary>Why what stands there now was not taken; null when it was.</summary>
    public Rejection? Refused
    {
        get => _refused;
        internal set => _refused = value;
    }
}
