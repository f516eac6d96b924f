namespace Tidegate.Platform.Hosting;

/// <summary>A module that can be unwell without crashing (a full disk, a database that is away) registers one of these; the status shows it.</summary>
public interface IModuleHealth
{
    /// <summary>Name of the module, as in <see cref="Hosting.Module.Name"/>.</summary>
    string Module { get; }

    /// <summary>What is wrong now, one sentence each; empty when nothing is. Asked often, so it must be cheap.</summary>
    IReadOnlyList<string> Problems { get; }
}
