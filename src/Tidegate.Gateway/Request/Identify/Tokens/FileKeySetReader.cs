namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A key set in a file.</summary>
internal sealed class FileKeySetReader(string path) : IKeySetReader
{
    private const long MaxBytes = 1 << 20;

    /// <inheritdoc/>
    public string Location => path;

    /// <inheritdoc/>
    public Task<string> ReadAsync(CancellationToken cancel) => new FileInfo(path).Length > MaxBytes
        ? throw new InvalidDataException($"The file is larger than {MaxBytes} bytes.")
        : File.ReadAllTextAsync(path, cancel);
}
