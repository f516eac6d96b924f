namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A key set in a file.</summary>
internal sealed class FileKeySetReader(string path) : IKeySetReader
{
    private const long MaxBytes = 1 << 20;

    /// <inheritdoc/>
    public string Location => path;

    /// <summary>Why a file cannot be used on this node; null when it can be opened.</summary>
    public static string? ProblemOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return $"The key set cannot be read on this node: {e.Message}";
        }
    }

    /// <inheritdoc/>
    public Task<string> ReadAsync(CancellationToken cancel) => new FileInfo(path).Length > MaxBytes
        ? throw new InvalidDataException($"The file is larger than {MaxBytes} bytes.")
        : File.ReadAllTextAsync(path, cancel);
}
