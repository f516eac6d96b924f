using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Platform.ConfigStore.Secrets;

/// <summary>Secrets of this node: environment variables, files, and files below <c>secrets/</c> of the data directory by name. Values are read when asked for and never kept.</summary>
internal sealed class NodeSecrets(string dataDirectory) : ISecretSource
{
    private const int Longest = 64 * 1024;

    public bool TryResolve(string reference, out string value, out string? reason)
    {
        value = "";
        if (SecretReference.Find(reference) is not { } parsed)
        {
            reason = $"{reference} is no secret reference: expected ${{env:NAME}}, ${{file:path}} or ${{secret:name}}.";
            return false;
        }

        var (found, problem) = parsed.Scheme switch
        {
            "env" => (Environment.GetEnvironmentVariable(parsed.Name), "the environment variable is not set"),
            "file" => FromFile(parsed.Name),
            _ => parsed.Name.Split('/').Any(part => part is "" or "." or "..") ? (null, "the name is not legal") : FromFile(Path.Combine(dataDirectory, "secrets", parsed.Name)),
        };
        reason = found is null ? $"{reference} cannot be resolved on this node: {problem}." : null;
        value = found ?? "";
        return found is not null;
    }

    private static (string? Value, string Problem) FromFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return (null, $"there is no such file ({file.FullName})");
            // Editors and `echo` end files with a line feed that is no part of the secret.
            return file.Length > Longest ? (null, $"the file {file.FullName} is larger than {Longest} bytes") : (File.ReadAllText(path).TrimEnd('\r', '\n'), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file {path} cannot be read");
        }
    }
}
