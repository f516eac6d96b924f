using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Cli;

/// <summary>The profile on disk: readable by its owner only, replaced as a whole so that a crash leaves the old one.</summary>
internal sealed class ProfileFile(ITerminal terminal)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary><c>TIDEGATE_PROFILE</c>, else <c>tidegate/profile.json</c> in the user's configuration directory.</summary>
    public string Path { get; } = terminal.Variable("TIDEGATE_PROFILE")
        ?? System.IO.Path.Combine(
            terminal.Variable("XDG_CONFIG_HOME") ?? System.IO.Path.Combine(terminal.Variable("HOME") ?? terminal.Variable("USERPROFILE") ?? ".", ".config"),
            "tidegate",
            "profile.json");

    /// <summary>What is remembered; <see cref="Profile.Empty"/> when there is no file.</summary>
    public Profile Read()
    {
        if (!File.Exists(Path)) return Profile.Empty;
        try
        {
            return JsonSerializer.Deserialize<Profile>(File.ReadAllText(Path), ApiJson.Options) ?? Profile.Empty;
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.Failed, $"Cannot read the profile {Path}: {broken.Message}") { Action = "Delete it and run 'tidegate login' again." };
        }
    }

    /// <summary>Replaces what is remembered.</summary>
    public void Write(Profile profile)
    {
        var directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        var temporary = $"{Path}.{Environment.ProcessId}";
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
            else Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            // Set at creation: there is no moment in which others could open it.
            if (!OperatingSystem.IsWindows()) create.UnixCreateMode = OwnerOnly;
            using (var file = new FileStream(temporary, create)) JsonSerializer.Serialize(file, profile, Indented);
            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.Failed, $"Cannot write the profile {Path}: {denied.Message}") { Action = "Set TIDEGATE_PROFILE to a file you may write, or use TIDEGATE_TOKEN instead of logging in." };
        }
    }
}
