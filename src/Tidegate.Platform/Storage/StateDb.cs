using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Platform.Storage;

/// <summary>
/// The state database: documents, revisions, people, audit. One context for all modules, so that a change and its audit row commit together.
/// Modules contribute their tables through <see cref="Module.Tables"/> and use <c>Set&lt;T&gt;()</c>. Get one from <see cref="StateStore"/>.
/// </summary>
public abstract class StateDb : DbContext
{
    private readonly IReadOnlyList<Module> _modules;
    private List<Action>? _committed;

    private protected StateDb(DbContextOptions options)
        : base(options) => _modules = options.GetExtension<ModulesExtension>().Modules;

    /// <summary>
    /// Runs <paramref name="action"/> after this change has been committed, in commit order; not at all when it is rolled back.
    /// For telling others in this process. What it throws is logged and does not undo the change.
    /// </summary>
    public void OnCommitted(Action action) => (_committed ??= []).Add(action);

    internal IReadOnlyList<Action> Committed => _committed ?? [];

    /// <summary>Contexts are lent again and again: what one change asked for must not happen at the next.</summary>
    internal void Begin() => _committed = null;

    /// <inheritdoc />
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var module in _modules) module.Tables(modelBuilder);
        // Snake case so that both databases can be read with their own shells without quoting.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties()) Name(property);
    }

    private static void Name(IMutableProperty property)
    {
        var snake = SnakeCase.Of(property.Name);
        if (!string.Equals(property.GetColumnName(), snake, StringComparison.Ordinal) && property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
            property.SetColumnName(snake);
    }
}
