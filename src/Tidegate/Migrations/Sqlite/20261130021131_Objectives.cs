using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Objectives : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: true),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "events_cursors",
                columns: table => new
                {
                    subscriber = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events_cursors", x => x.subscriber);
                });

            migrationBuilder.CreateTable(
                name: "indicators_counts",
                columns: table => new
                {
                    series = table.Column<long>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    writer = table.Column<long>(type: "INTEGER", nullable: false),
                    bad = table.Column<double>(type: "REAL", nullable: false),
                    total = table.Column<double>(type: "REAL", nullable: false),
                    durations = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_counts", x => new { x.series, x.step, x.start, x.writer });
                });

            migrationBuilder.CreateTable(
                name: "indicators_series",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "objectives_alerts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    objective = table.Column<string>(type: "TEXT", nullable: false),
                    service = table.Column<string>(type: "TEXT", nullable: false),
                    fired_at = table.Column<long>(type: "INTEGER", nullable: false),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    announced = table.Column<bool>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_objectives_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "storage_leases",
                columns: table => new
                {
                    work = table.Column<string>(type: "TEXT", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_storage_leases", x => x.work);
                });

            migrationBuilder.CreateIndex(
                name: "IX_events_id",
                table: "events",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_events_subject_sequence",
                table: "events",
                columns: new[] { "subject", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_events_time",
                table: "events",
                column: "time");

            migrationBuilder.CreateIndex(
                name: "IX_indicators_counts_step_start",
                table: "indicators_counts",
                columns: new[] { "step", "start" });

            migrationBuilder.CreateIndex(
                name: "IX_indicators_series_name",
                table: "indicators_series",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_objectives_alerts_fired_at",
                table: "objectives_alerts",
                column: "fired_at");

            migrationBuilder.CreateIndex(
                name: "IX_objectives_alerts_resolved_at",
                table: "objectives_alerts",
                column: "resolved_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "events_cursors");

            migrationBuilder.DropTable(
                name: "indicators_counts");

            migrationBuilder.DropTable(
                name: "indicators_series");

            migrationBuilder.DropTable(
                name: "objectives_alerts");

            migrationBuilder.DropTable(
                name: "storage_leases");
        }
    }
}
