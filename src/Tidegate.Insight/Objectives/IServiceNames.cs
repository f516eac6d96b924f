namespace Tidegate.Insight.Objectives;

/// <summary>A module that knows services although no document names them: by their releases. Each registers one.</summary>
public interface IServiceNames
{
    /// <summary>Their names, each once.</summary>
    Task<IReadOnlyList<string>> AllAsync(CancellationToken cancel);
}
